package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.HostMessage;

import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class IoDispatcherTest {
    private final TestInbox<HostMessage> first = TestInbox.create("first");
    private final TestInbox<HostMessage> second = TestInbox.create("second");
    private final TestInbox<IoDispatcher.Finished> finished = TestInbox.create("finished");
    private final ScriptedSource source = new ScriptedSource();
    private final List<Long> progress = new ArrayList<>();
    private long now = 100;

    @Test
    void requests_goToTheQueuesInTurnAndInOrder() {
        start(source.requests(5), 16);
        List<IoWork> ofFirst = works(first);
        List<IoWork> ofSecond = works(second);
        assertThat(lbas(ofFirst)).containsExactly(0L, 16L, 32L);
        assertThat(lbas(ofSecond)).containsExactly(8L, 24L);
    }

    @Test
    void outstandingRequests_areBounded_andACompletionMakesRoomForOne() {
        BehaviorTestKit<IoDispatcher.Message> dispatcher = start(source.requests(100), 3);
        assertThat(source.offered).hasSize(3);
        IoWork work = works(first).getFirst();
        dispatcher.run(new IoDispatcher.Completed(work, 0));
        assertThat(source.offered).hasSize(4);
        assertThat(source.completed).containsExactly("0 0");
        assertThat(progress).containsExactly(1L);
        assertThat(works(second)).hasSize(2); // the second and the fourth
    }

    @Test
    void end_finishesQueuesAndTellsWhenTheLastIsDone() {
        BehaviorTestKit<IoDispatcher.Message> dispatcher = start(source.requests(2).end(), 16);
        IoWork one = works(first).getFirst();
        IoWork two = works(second).getFirst();
        dispatcher.run(new IoDispatcher.Completed(two, 0x80));
        assertThat(finished.hasMessages()).isFalse();
        dispatcher.run(new IoDispatcher.Completed(one, 0));

        finished.expectMessage(new IoDispatcher.Finished());
        first.expectMessage(new GuestQueue.Finish());
        second.expectMessage(new GuestQueue.Finish());
        assertThat(dispatcher.isAlive()).isFalse();
        assertThat(source.completed).containsExactly("8 80", "0 0");
    }

    @Test
    void later_isAskedAgainWhenDue_andEarlierIfItBecomesDueEarlier() {
        source.dueNanos = now + 700;
        BehaviorTestKit<IoDispatcher.Message> dispatcher =
                start(source.requests(1).later().later().requests(1), 16);
        assertThat(due(dispatcher).delay().toNanos()).isEqualTo(700);
        source.dueNanos = now + 300;
        dispatcher.run(new IoDispatcher.Completed(works(first).getFirst(), 0));
        Effect.Scheduled<?> earlier = due(dispatcher);
        assertThat(earlier.delay().toNanos()).isEqualTo(300);

        now += 300;
        source.dueNanos = Long.MAX_VALUE;
        dispatcher.run((IoDispatcher.Message) Objects.requireNonNull(earlier.message()));
        assertThat(works(second)).hasSize(1);
        assertThat(dispatcher.hasEffects()).isFalse();
    }

    private BehaviorTestKit<IoDispatcher.Message> start(ScriptedSource served, int outstandingMax) {
        BehaviorTestKit<IoDispatcher.Message> dispatcher =
                BehaviorTestKit.create(
                        IoDispatcher.create(
                                new IoDispatcher.Settings(
                                        served,
                                        List.of(first.getRef(), second.getRef()),
                                        outstandingMax,
                                        4096,
                                        () -> now,
                                        progress::add,
                                        finished.getRef())));
        GuestQueue.ServeDispatcher hello = new GuestQueue.ServeDispatcher(dispatcher.getRef());
        first.expectMessage(hello);
        second.expectMessage(hello);
        dispatcher.runOne(); // what it tells itself
        return dispatcher;
    }

    private static Effect.Scheduled<?> due(BehaviorTestKit<?> dispatcher) {
        return dispatcher.expectEffectClass(Effect.Scheduled.class);
    }

    private static List<IoWork> works(TestInbox<HostMessage> queue) {
        return queue.getAllReceived().stream()
                .map(message -> ((GuestQueue.Submit) message).work())
                .toList();
    }

    private static List<Long> lbas(List<IoWork> works) {
        return works.stream().map(work -> work.request().startLba()).toList();
    }
}
