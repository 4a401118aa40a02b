package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What a queue does when commands fail, and when the driver holds, renews or abandons it. */
class QueueRecoveryTest {
    private static final int ENTRIES = 4;
    private static final MsixMessage INTERRUPT = new MsixMessage(0xFEE0_0000L, 1);
    private static final String ABANDONED = "%x".formatted(IoSource.STATUS_ABANDONED);

    private final TestInbox<PciAccess> lane = TestInbox.create("lane");
    private final TestInbox<HostMessage> driver = TestInbox.create("driver");
    private final TestInbox<GuestQueue.Finished> finished = TestInbox.create("finished");
    private final MemoryWindow submissions = TestMemory.window(ENTRIES * 64);
    private final MemoryWindow completions = TestMemory.window(ENTRIES * 16);
    private final HostDiary diary = new HostDiary();
    private final ScriptedSource source = new ScriptedSource();
    private final BehaviorTestKit<HostMessage> queue =
            BehaviorTestKit.create(GuestQueue.create(parts()));

    @Test
    void errorWithoutDnr_isSentAgain_fiveTimes() {
        serve(source.requests(1).end());
        for (int slot = 0; slot < 6; slot++) {
            assertThat(source.completed).isEmpty();
            post(slot, commandIdIn(slot % ENTRIES), Status.INTERNAL_ERROR);
            queue.run(INTERRUPT);
        }
        assertThat(source.completed).containsExactly("0 %x".formatted(Status.INTERNAL_ERROR));
        assertThat(diary.of("requeued")).hasSize(5);
        assertThat(diary.of("gave up")).hasSize(1);
        finished.receiveMessage();
    }

    @Test
    void errorWithDnr_isFinal() {
        serve(source.requests(1).end());
        post(0, commandIdIn(0), Status.doNotRetry(Status.INTERNAL_ERROR));
        queue.run(INTERRUPT);
        assertThat(source.completed).hasSize(1);
        assertThat(diary.of("requeued")).isEmpty();
    }

    @Test
    void quiescedQueue_consumes_butSubmitsNothing() {
        serve(source.requests(9));
        lane.getAllReceived();
        queue.run(new QueueOrder.Quiesce(3));
        driver.expectMessage(new QueueOrder.Done(3));
        post(0, commandIdIn(0), 0);
        queue.run(INTERRUPT);
        assertThat(source.completed).hasSize(1);
        assertThat(source.offered).hasSize(3);
        assertThat(lane.getAllReceived()).containsExactly(new PciAccess.BarWrite(0, 0x100C, 4, 1));
    }

    /** A doorbell after this could reach a controller that is being reset. */
    @Test
    void stoppedQueue_ringsNothing() {
        serve(source.requests(9));
        lane.getAllReceived();
        queue.run(new QueueOrder.Stop(1));
        post(0, commandIdIn(0), 0);
        queue.run(INTERRUPT);
        assertThat(source.completed).isEmpty();
        assertThat(lane.hasMessages()).isFalse();
    }

    @Test
    void renewedQueue_takesWhatHasCompleted_cancelsTheRest_andBeginsAnew() {
        serve(source.requests(3).end());
        int[] old = {commandIdIn(0), commandIdIn(1), commandIdIn(2)};
        lane.getAllReceived();
        post(0, old[1], 0);
        queue.run(new QueueOrder.Stop(1));
        queue.run(new QueueOrder.Renew(2, 1));

        assertThat(source.completed).hasSize(1);
        assertThat(diary.of("cancelled")).hasSize(2);
        assertThat(completions.getLong(8)).as("no entry looks new").isZero();
        assertThat(lane.hasMessages()).isFalse();
        assertThat(driver.getAllReceived())
                .containsExactly(new QueueOrder.Done(1), new QueueOrder.Done(2));

        queue.run(new QueueOrder.GoOn(false, RetryDelays.NONE));
        assertThat(lane.getAllReceived()).containsExactly(new PciAccess.BarWrite(0, 0x1008, 4, 2));
        assertThat(List.of(commandIdIn(0), commandIdIn(1))).doesNotContain(old[0], old[1], old[2]);
        post(0, old[0], 0); // of the epoch before
        post(1, commandIdIn(0), 0);
        post(2, commandIdIn(1), 0);
        queue.run(INTERRUPT);
        assertThat(diary.of("unknown")).hasSize(1);
        assertThat(source.completed).hasSize(3).allMatch(line -> line.endsWith(" 0"));
        finished.receiveMessage();
    }

    @Test
    void abandonedQueue_failsWhatIsOutstanding_andWhatIsStillToCome() {
        serve(source.requests(5).end());
        queue.run(new QueueOrder.Stop(1));
        queue.run(new QueueOrder.Renew(2, 1));
        queue.run(new QueueOrder.Abandon());
        assertThat(source.completed).hasSize(5).allMatch(line -> line.endsWith(ABANDONED));
        finished.receiveMessage();
    }

    @Test
    void pollThatFindsTheCommand_saysSo_andOneThatDoesNot_asksTheDriver() {
        serve(source.requests(2).end());
        QueueOrder.Overdue first = new QueueOrder.Overdue(0, 7, 7, commandIdIn(0), false, true, "");
        queue.run(new QueueOrder.LookFor(first));
        driver.expectMessage(new QueueOrder.Missing(first));
        post(0, commandIdIn(0), 0);
        queue.run(new QueueOrder.LookFor(first));
        assertThat(driver.hasMessages()).isFalse();
        assertThat(diary.of("polled")).hasSize(1);
        queue.run(INTERRUPT); // which was on its way
        assertThat(source.completed).hasSize(1);
    }

    private GuestQueue.Parts parts() {
        GuestMemory memory = TestMemory.machine(1 << 20);
        HostPolicies policies = HostPolicies.LINUX.toBuilder().completionsPerRing(1).build();
        SubmissionRing submission =
                new SubmissionRing(memory, submissions, ENTRIES, lane.getRef(), 0x1008);
        return new GuestQueue.Parts(
                7,
                ENTRIES,
                ENTRIES - 1,
                new SubmissionRings(7, List.of(submission), policies.ringing().order()),
                new CompletionRing(memory, completions, ENTRIES, lane.getRef(), 0x100C),
                null,
                new IoCommands(
                        4096,
                        new DataBuffers(
                                memory, new PageAllocator(0, 1 << 20), 4096, ENTRIES - 1, true)),
                memory,
                () -> 1_000,
                LatencyRecorder.NONE,
                policies,
                diary,
                driver.getRef());
    }

    private void serve(ScriptedSource served) {
        queue.run(new GuestQueue.UseNamespace(new NamespaceInfo(1, 1 << 20, 9)));
        queue.run(new GuestQueue.ServeSource(served, finished.getRef()));
    }

    private int commandIdIn(int slot) {
        return submissions.getInt(slot * (long) SubmissionEntry.SIZE_BYTES) >>> 16;
    }

    /** Entry number {@code posted} since the queue began. */
    private void post(int posted, int commandId, int status) {
        boolean phase = posted / ENTRIES % 2 == 0;
        completions.setLongRelease(
                posted % ENTRIES * 16L + CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(0, 7, commandId, status, phase));
    }
}
