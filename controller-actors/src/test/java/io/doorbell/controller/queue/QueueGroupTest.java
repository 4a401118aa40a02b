package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.controller.queue.QueueGroup.CloseCompletionQueue;
import io.doorbell.controller.queue.QueueGroup.CloseSubmissionQueue;
import io.doorbell.controller.queue.QueueGroup.CompletionQueueOpened;
import io.doorbell.controller.queue.QueueGroup.OpenCompletionQueue;
import io.doorbell.controller.queue.QueueGroup.OpenSubmissionQueue;
import io.doorbell.controller.queue.QueueGroup.QueueClosed;
import io.doorbell.controller.queue.QueueGroup.SubmissionQueueOpened;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Queues and their doorbells come and go together (Base §5.4 to §5.7). */
class QueueGroupTest {
    private static final PumpedSystem SYSTEM = new PumpedSystem();
    private static final int ID = 7;
    private static final int ENTRIES = 4;

    private final DeviceRig rig = new DeviceRig(SYSTEM);
    private final ActorRef<QueueGroup.Command> group =
            rig.spawn(
                    QueueGroup.create(
                            rig.shard,
                            new DoorbellDirectory(
                                    rig.placement, List.of(rig.shard), List.of(rig.doorbells)),
                            null));
    private final TestInbox<CompletionQueueOpened> completionOpened = TestInbox.create();
    private final TestInbox<SubmissionQueueOpened> submissionOpened = TestInbox.create();
    private final TestInbox<QueueClosed> closed = TestInbox.create();
    private final MemoryWindow completions = DeviceRig.memory(ENTRIES * CompletionEntry.SIZE_BYTES);

    @AfterAll
    static void close() {
        SYSTEM.close();
    }

    private void open(CommandExecutor executor) {
        completions.zero(0, completions.sizeBytes());
        group.tell(
                new OpenCompletionQueue(
                        new CompletionQueue.Settings(ID, ENTRIES, completions, null),
                        completionOpened.getRef()));
        rig.settle();
        CompletionQueueOpened opened = completionOpened.receiveMessage();
        assertThat(opened.queueId()).isEqualTo(ID);
        group.tell(
                new OpenSubmissionQueue(
                        new SubmissionQueue.Settings(
                                ID,
                                ENTRIES,
                                DeviceRig.memory(ENTRIES * SubmissionEntry.SIZE_BYTES),
                                8,
                                executor,
                                opened.queue()),
                        submissionOpened.getRef()));
        rig.settle();
        assertThat(submissionOpened.getAllReceived())
                .containsExactly(new SubmissionQueueOpened(ID));
    }

    @Test
    void opened_ringsAreTaken_closed_ringsAreReported_openedAgain_startsAtZero() {
        for (int life = 0; life < 3; life++) {
            open(batch -> batch.completed(batch.all()));
            rig.ringTail(ID, 2);
            rig.settle();
            CompletionReader host = new CompletionReader(completions, ENTRIES);
            assertThat(host.readAll())
                    .extracting(CompletionReader.Entry::slot)
                    .containsExactly(0, 1);
            rig.ringHead(ID, host.head());
            group.tell(new CloseSubmissionQueue(ID, closed.getRef()));
            rig.settle();
            group.tell(new CloseCompletionQueue(ID, closed.getRef()));
            rig.settle();
            assertThat(closed.getAllReceived())
                    .containsExactly(
                            new QueueClosed(Doorbells.submissionTailIndex(ID)),
                            new QueueClosed(Doorbells.completionHeadIndex(ID)));
            assertThat(rig.invalid.hasMessages()).isFalse();
            rig.ringTail(ID, 1);
            rig.settle();
            assertThat(rig.invalid.getAllReceived())
                    .containsExactly(
                            new InvalidDoorbell(Doorbells.submissionTailIndex(ID), 1, true));
        }
    }

    @Test
    void queueFails_soDoesItsGroup() {
        open(
                _ -> {
                    throw new IllegalStateException("the test breaks this queue");
                });
        TestInbox<SubmissionQueueOpened> unanswered = TestInbox.create();
        rig.ringTail(ID, 1);
        rig.settle();
        group.tell(
                new OpenSubmissionQueue(
                        new SubmissionQueue.Settings(
                                ID + 1,
                                ENTRIES,
                                DeviceRig.memory(ENTRIES * SubmissionEntry.SIZE_BYTES),
                                8,
                                _ -> {},
                                TestInbox.<CompletionQueue.Command>create().getRef()),
                        unanswered.getRef()));
        rig.settle();
        assertThat(unanswered.hasMessages()).isFalse();
    }
}
