package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One queue pair; the test is the controller, the clock and the timer. */
class GuestQueueTest {
    private static final int ENTRIES = 4;
    private static final long TAIL_DOORBELL = 0x1008;
    private static final long HEAD_DOORBELL = 0x100C;
    private static final long TIMEOUT_NANOS = 30_000_000_000L;
    private static final MsixMessage INTERRUPT = new MsixMessage(0xFEE0_0000L, 1);

    private final TestInbox<PciAccess> lane = TestInbox.create("lane");
    private final TestInbox<HostMessage> driver = TestInbox.create("driver");
    private final TestInbox<GuestQueue.Finished> finished = TestInbox.create("finished");
    private final List<Long> latencies = new ArrayList<>();
    private final MemoryWindow submissions = TestMemory.window(ENTRIES * 64);
    private final MemoryWindow completions = TestMemory.window(ENTRIES * 16);
    private final HostDiary watcher = new HostDiary();
    private HostPolicies policies = HostPolicies.LINUX;
    private BehaviorTestKit<HostMessage> queue = BehaviorTestKit.create(behavior());
    private final ScriptedSource source = new ScriptedSource();
    private long now = 1_000;
    private int posted;

    @Test
    void fullQueue_neverHoldsMoreThanEntriesMinusOne() {
        serve(source.requests(100));
        assertThat(source.offered).hasSize(ENTRIES - 1);
        assertRung(TAIL_DOORBELL, 3);

        post(commandIdIn(0), 1, 0);
        queue.run(INTERRUPT);
        assertThat(source.offered).hasSize(ENTRIES);
        assertThat(writes()).containsExactly(ring(HEAD_DOORBELL, 1), ring(TAIL_DOORBELL, 0));
    }

    /** A tag is free, but the controller has not said that it has taken the slot. */
    @Test
    void slotTheControllerMayStillRead_isNotOverwritten_ifTheHeadIsLookedAt() {
        with(HostPolicies.LINUX.toBuilder().fullness(HostPolicies.Fullness.BOTH).build());
        serve(source.requests(100));
        post(commandIdIn(2), 0, 0); // out of order, and with the head of before
        queue.run(INTERRUPT);
        assertThat(source.offered).hasSize(ENTRIES - 1);

        post(commandIdIn(0), 3, 0);
        queue.run(INTERRUPT);
        assertThat(source.offered).hasSize(ENTRIES + 1);
    }

    @Test
    void batchOfCompletions_isOneRingOfEachDoorbell() {
        serve(source.requests(6).end());
        writes();
        post(commandIdIn(0), 3, 0);
        post(commandIdIn(1), 3, 0);
        post(commandIdIn(2), 3, 0);
        queue.run(INTERRUPT);
        assertThat(writes()).containsExactly(ring(HEAD_DOORBELL, 3), ring(TAIL_DOORBELL, 2));
    }

    @Test
    void spuriousInterrupt_isCountedAndDoesNothing() {
        serve(source.requests(1));
        writes();
        queue.run(INTERRUPT);
        assertThat(lane.hasMessages()).isFalse();
        assertThat(counters().interrupts).isEqualTo(1);
        assertThat(counters().interruptsWithoutEntries).isEqualTo(1);
        assertThat(source.completed).isEmpty();
    }

    @Test
    void unknownAndRepeatedCommandIds_areCountedAndConsumed() {
        serve(source.requests(1));
        int commandId = commandIdIn(0);
        post(commandId + 1, 1, 0);
        post(commandId, 1, 0);
        post(commandId, 1, 0);
        writes();
        queue.run(INTERRUPT);

        assertThat(source.completed).hasSize(1);
        assertThat(counters().unknownCompletions).isEqualTo(2);
        assertThat(counters().completions).isEqualTo(1);
        assertThat(writes()).containsExactly(ring(HEAD_DOORBELL, 3));
    }

    @Test
    void errorStatus_reachesTheSource() {
        serve(source.requests(1).end());
        int status = Status.LBA_OUT_OF_RANGE | Status.DO_NOT_RETRY;
        post(commandIdIn(0), 1, status);
        queue.run(INTERRUPT);
        assertThat(source.completed).containsExactly("0 %x".formatted(status));
        finished.expectMessage(new GuestQueue.Finished(7));
    }

    @Test
    void latency_isFromRingToInterrupt() {
        serve(source.requests(1));
        now += 250;
        post(commandIdIn(0), 1, 0);
        queue.run(INTERRUPT);
        assertThat(latencies).containsExactly(250L);
    }

    @Test
    void finished_isSaidOnce_whenTheLastCommandIsDone() {
        serve(source.requests(2).end());
        post(commandIdIn(0), 2, 0);
        queue.run(INTERRUPT);
        assertThat(finished.hasMessages()).isFalse();
        post(commandIdIn(1), 2, 0);
        queue.run(INTERRUPT);
        queue.run(INTERRUPT);
        assertThat(finished.getAllReceived()).hasSize(1);
    }

    @Test
    void emptySource_isFinishedAtOnce() {
        serve(source.end());
        finished.expectMessage(new GuestQueue.Finished(7));
        assertThat(lane.hasMessages()).isFalse();
    }

    @Test
    void later_isAskedAgainWhenDue() {
        source.dueNanos = now + 5_000;
        serve(source.later().requests(1));
        Effect.Scheduled<?> due = queue.expectEffectClass(Effect.Scheduled.class);
        assertThat(delay(due)).isEqualTo(5_000);
        now += 5_000;
        source.dueNanos = Long.MAX_VALUE;
        fire(due);
        assertRung(TAIL_DOORBELL, 1);
    }

    @Test
    void laterThatIsDueEarlierThanBefore_movesTheTimer() {
        source.dueNanos = now + 5_000;
        serve(source.requests(1).later());
        List<Effect> first = queue.getAllEffects();
        source.dueNanos = now + 1_000;
        post(commandIdIn(0), 1, 0);
        queue.run(INTERRUPT);
        assertThat(first).anyMatch(effect -> delay(effect) == 5_000);
        assertThat(queue.getAllEffects()).anyMatch(effect -> delay(effect) == 1_000);
    }

    @Test
    void commandThatTakesTooLong_isReportedOncePerInterval() {
        serve(source.requests(1));
        for (int interval = 0; interval < 3; interval++) {
            Effect.Scheduled<?> look = queue.expectEffectClass(Effect.Scheduled.class);
            assertThat(delay(look)).isEqualTo(TIMEOUT_NANOS);
            now += TIMEOUT_NANOS;
            fire(look);
            QueueOrder.Overdue overdue = overdue();
            assertThat(overdue.what()).isEqualTo("READ of 8 blocks from LBA 0");
            assertThat(overdue.first()).isEqualTo(interval == 0);
            assertThat(driver.hasMessages()).isFalse();
        }
    }

    @Test
    void timeout_isEachCommandsOwn() {
        serve(source.requests(1));
        Effect.Scheduled<?> look = queue.expectEffectClass(Effect.Scheduled.class);
        now += TIMEOUT_NANOS - 5;
        source.requests(1);
        queue.run(INTERRUPT);
        now += 5;
        fire(look);
        assertThat(overdue().commandId()).isEqualTo(commandIdIn(0));
        assertThat(driver.hasMessages()).as("the second is 5 ns old").isFalse();
        Effect.Scheduled<?> next = queue.expectEffectClass(Effect.Scheduled.class);
        assertThat(delay(next)).isEqualTo(TIMEOUT_NANOS - 5);
    }

    @Test
    void idleQueue_hasNoTimer() {
        serve(source.requests(1));
        Effect.Scheduled<?> look = queue.expectEffectClass(Effect.Scheduled.class);
        post(commandIdIn(0), 1, 0);
        queue.run(INTERRUPT);
        fire(look);
        assertThat(driver.hasMessages()).isFalse();
        assertThat(queue.hasEffects()).isFalse();
    }

    @Test
    void commandsOfManyLaps_useEveryIdOnceAtATime() {
        serve(source.requests(1_000).end());
        int head = 0;
        for (int i = 0; i < 1_000; i++) {
            int commandId = commandIdIn(head);
            head = (head + 1) % ENTRIES;
            post(commandId, head, 0);
            queue.run(INTERRUPT);
        }
        assertThat(source.completed).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(finished.getAllReceived()).hasSize(1);
        assertThat(counters().unknownCompletions).isZero();
    }

    private Behavior<HostMessage> behavior() {
        MappedMemory memory = TestMemory.machine(1 << 20);
        IoCommands commands =
                new IoCommands(
                        4096,
                        new DataBuffers(
                                memory, new PageAllocator(0, 1 << 20), 4096, ENTRIES - 1, true));
        return GuestQueue.create(
                new GuestQueue.Parts(
                        7,
                        ENTRIES,
                        policies.queueing().commands(ENTRIES),
                        new SubmissionRings(
                                7,
                                List.of(
                                        new SubmissionRing(
                                                memory,
                                                submissions,
                                                ENTRIES,
                                                lane.getRef(),
                                                TAIL_DOORBELL)),
                                policies.ringing().order()),
                        new CompletionRing(
                                memory, completions, ENTRIES, lane.getRef(), HEAD_DOORBELL),
                        null,
                        commands,
                        memory,
                        () -> now,
                        (_, nanos) -> latencies.add(nanos),
                        policies,
                        watcher,
                        driver.getRef()));
    }

    private void with(HostPolicies wanted) {
        policies = wanted;
        queue = BehaviorTestKit.create(behavior());
    }

    private void serve(ScriptedSource served) {
        queue.run(new GuestQueue.UseNamespace(new NamespaceInfo(1, 1 << 20, 9)));
        queue.run(new GuestQueue.ServeSource(served, finished.getRef()));
    }

    private int commandIdIn(int slot) {
        return submissions.getInt(slot * (long) SubmissionEntry.SIZE_BYTES) >>> 16;
    }

    private void post(int commandId, int submissionHead, int status) {
        boolean phase = posted / ENTRIES % 2 == 0;
        completions.setLongRelease(
                posted % ENTRIES * 16L + CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(submissionHead, 7, commandId, status, phase));
        posted++;
    }

    private QueueOrder.Overdue overdue() {
        return (QueueOrder.Overdue) driver.receiveMessage();
    }

    private GuestCounters counters() {
        TestInbox<GuestCounters> reader = TestInbox.create("reader");
        queue.run(new GuestQueue.ReadCounters(reader.getRef()));
        return reader.receiveMessage();
    }

    private void fire(Effect.Scheduled<?> scheduled) {
        queue.run((HostMessage) Objects.requireNonNull(scheduled.message()));
    }

    private static long delay(Effect effect) {
        return effect instanceof Effect.Scheduled<?> scheduled ? scheduled.delay().toNanos() : -1;
    }

    /** What was written to the device, a pair as its two writes. */
    private List<PciAccess> writes() {
        List<PciAccess> writes = new ArrayList<>();
        for (PciAccess access : lane.getAllReceived()) {
            if (access instanceof PciAccess.BarWritePair(var first, var second)) {
                writes.add(first);
                writes.add(second);
            } else {
                writes.add(access);
            }
        }
        return writes;
    }

    private static PciAccess ring(long doorbell, int value) {
        return new PciAccess.BarWrite(0, doorbell, 4, value);
    }

    private void assertRung(long doorbell, int value) {
        assertThat(writes()).containsExactly(ring(doorbell, value));
    }
}
