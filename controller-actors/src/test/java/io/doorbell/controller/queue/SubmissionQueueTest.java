package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.SubmissionQueue.Delete;
import io.doorbell.controller.queue.SubmissionQueue.Deleted;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Fetching: order, bursts, sleep, pause, deletion (Base §3.3.1). */
class SubmissionQueueTest {
    private static final PumpedSystem SYSTEM = new PumpedSystem();
    private static final int BURST = 8;

    private final DeviceRig rig = new DeviceRig(SYSTEM);
    private final TestInbox<CompletionQueue.Command> completionQueue = TestInbox.create();
    private final List<String> log = new ArrayList<>(); // fetches of all hosts: queue x count

    @AfterAll
    static void close() {
        SYSTEM.close();
    }

    /** One queue pair's submission side as the host sees it, and what the device fetched. */
    private final class Host {
        final int queueId;
        final int entryCount;
        final MemoryWindow memory;
        final List<Integer> fetchedIds = new ArrayList<>();
        final List<CommandBatch> batches = new ArrayList<>();
        int tail;
        int nextId;

        Host(int queueId, int entryCount) {
            this.queueId = queueId;
            this.entryCount = entryCount;
            this.memory = DeviceRig.memory((long) entryCount * SubmissionEntry.SIZE_BYTES);
        }

        ActorRef<SubmissionQueue.Command> open() {
            ActorRef<SubmissionQueue.Command> queue = rig.openSubmissionQueue(settings());
            rig.settle();
            return queue;
        }

        SubmissionQueue.Settings settings() {
            return new SubmissionQueue.Settings(
                    queueId, entryCount, memory, BURST, this::execute, completionQueue.getRef());
        }

        private void execute(CommandBatch batch) {
            log.add(queueId + "x" + batch.count());
            batches.add(batch);
            for (int i = 0; i < batch.count(); i++) {
                fetchedIds.add(batch.command(i).entry().commandId());
            }
        }

        /** Writes so many commands and does not ring. */
        void write(int count) {
            for (int i = 0; i < count; i++) {
                memory.setInt((long) tail * SubmissionEntry.SIZE_BYTES, nextId++ << 16);
                tail = (tail + 1) % entryCount;
            }
        }

        void ring() {
            rig.ringTail(queueId, tail);
        }

        void submit(int count) {
            write(count);
            ring();
            rig.settle();
        }

        /** All that was fetched has completed. */
        void recycleBatches() {
            for (CommandBatch batch : batches) {
                batch.link().see(batch, batch.all());
                rig.shard.batches().giveBack(batch);
            }
            batches.clear();
        }
    }

    private static List<Integer> ids(int endExclusive) {
        return IntStream.range(0, endExclusive).boxed().toList();
    }

    @Test
    void fetch_acrossTheWrap_isInOrderAndOneBatch() {
        Host host = new Host(1, 8);
        host.open();
        host.submit(6);
        host.submit(5);
        assertThat(host.fetchedIds).isEqualTo(ids(11));
        assertThat(log).containsExactly("1x6", "1x5");
    }

    @Test
    void fetchedEntry_isACopyTheHostCannotChange() {
        Host host = new Host(1, 8);
        host.open();
        for (int offset = 0; offset < SubmissionEntry.SIZE_BYTES; offset += Integer.BYTES) {
            host.memory.setInt(offset, 0x0101_0101 * (offset + 1));
        }
        rig.ringTail(1, 1);
        rig.settle();
        host.memory.zero(0, SubmissionEntry.SIZE_BYTES);
        SubmissionEntry entry = host.batches.getFirst().command(0).entry();
        assertThat(entry.cdw0()).isEqualTo(0x0101_0101);
        assertThat(entry.namespaceId()).isEqualTo(0x0101_0101 * 5);
        assertThat(entry.cdw15()).isEqualTo(0x0101_0101 * 61);
    }

    @Test
    void manyPending_fetchesBurstsAndOthersGetATurnBetween() {
        Host first = new Host(1, 64);
        Host second = new Host(2, 64);
        first.open();
        second.open();
        first.write(3 * BURST);
        second.write(3 * BURST);
        first.ring();
        second.ring();
        rig.settle();
        assertThat(log).hasSize(6).containsOnly("1x8", "2x8");
        assertThat(log.indexOf("2x8")).isLessThan(log.lastIndexOf("1x8"));
        assertThat(log.indexOf("1x8")).isLessThan(log.lastIndexOf("2x8"));
    }

    @Test
    void exactlyABurst_isOneFetchAndThenSleep() {
        Host host = new Host(1, 64);
        host.open();
        host.submit(BURST);
        assertThat(log).containsExactly("1x8");
        assertThat(rig.shard.counters().wakes).isEqualTo(1);
        host.submit(1);
        assertThat(rig.shard.counters().wakes).as("it had gone to sleep").isEqualTo(2);
        assertThat(host.fetchedIds).isEqualTo(ids(9));
    }

    @Test
    void ringsWhileItWorks_wakeNobody() {
        Host host = new Host(1, 64);
        host.open();
        host.write(6 * BURST);
        host.ring();
        while (log.isEmpty()) {
            SYSTEM.pump.step();
        }
        for (int i = 0; i < 4; i++) {
            host.write(1);
            host.ring();
        }
        rig.settle();
        assertThat(host.fetchedIds).isEqualTo(ids(6 * BURST + 4));
        assertThat(rig.shard.counters().wakes).isEqualTo(1);
    }

    @Test
    void ringWithTheSameValue_fetchesNothingAndItSleepsOn() {
        Host host = new Host(1, 64);
        host.open();
        host.ring();
        rig.settle();
        assertThat(log).isEmpty();
        host.submit(1);
        host.ring();
        rig.settle();
        assertThat(log).containsExactly("1x1");
    }

    @Test
    void paused_fetchesNothing_resumed_goesOn() {
        Host host = new Host(1, 64);
        ActorRef<SubmissionQueue.Command> queue = host.open();
        queue.tell(SubmissionQueue.PAUSE_FETCHING);
        host.submit(3);
        host.submit(3);
        assertThat(log).isEmpty();
        queue.tell(SubmissionQueue.RESUME_FETCHING);
        rig.settle();
        assertThat(host.fetchedIds).isEqualTo(ids(6));
        host.submit(1);
        assertThat(host.fetchedIds).isEqualTo(ids(7));
    }

    @Test
    void pausedBetweenTwoBursts_stopsThereAndLosesNothing() {
        Host host = new Host(1, 64);
        ActorRef<SubmissionQueue.Command> queue = host.open();
        host.write(3 * BURST);
        host.ring();
        while (log.isEmpty()) {
            SYSTEM.pump.step();
        }
        queue.tell(SubmissionQueue.PAUSE_FETCHING);
        rig.settle();
        assertThat(log.size()).as("the turn that was already taken, at most").isLessThan(3);
        queue.tell(SubmissionQueue.RESUME_FETCHING);
        rig.settle();
        assertThat(host.fetchedIds).isEqualTo(ids(3 * BURST));
    }

    @Test
    void pausedAndResumedAsleep_fetchesOnceWhenRung() {
        Host host = new Host(1, 64);
        ActorRef<SubmissionQueue.Command> queue = host.open();
        queue.tell(SubmissionQueue.PAUSE_FETCHING);
        queue.tell(SubmissionQueue.RESUME_FETCHING);
        rig.settle();
        host.submit(2);
        assertThat(log).containsExactly("1x2");
    }

    @Test
    void rungBeforeItsSetupRan_isFetchedByTheSetup() {
        Host host = new Host(1, 64);
        int doorbell = Doorbells.submissionTailIndex(1);
        rig.attach(doorbell, 64, TestInbox.<DoorbellMemory.DoorbellChanged>create().getRef());
        host.write(5);
        host.ring();
        rig.settle();
        SYSTEM.spawn(
                SubmissionQueue.create(host.settings(), rig.shard, rig.doorbell(doorbell, 64)));
        rig.settle();
        assertThat(host.fetchedIds).isEqualTo(ids(5));
        assertThat(rig.shard.counters().wakes).isZero();
    }

    @Test
    void tooManyInFlight_fetchesNoMoreUntilSomeComplete() {
        Host host = new Host(1, 4096);
        host.open();
        int limit = SubmissionQueue.IN_FLIGHT_MAX;
        host.submit(limit + 1000);
        assertThat(host.fetchedIds).hasSize(limit);
        host.write(1);
        host.ring();
        rig.settle();
        assertThat(host.fetchedIds).hasSize(limit);
        for (CommandBatch batch : host.batches.subList(0, 10)) {
            batch.link().see(batch, batch.all());
        }
        rig.settle();
        assertThat(host.fetchedIds).hasSize(limit + 80);
        while (!host.batches.isEmpty()) {
            host.batches.removeIf(batch -> batch.fetchedTotal() <= 80);
            host.recycleBatches();
            rig.settle();
        }
        assertThat(host.fetchedIds).isEqualTo(ids(limit + 1001));
    }

    @Test
    void opened_linksToItsCompletionQueueBeforeAnythingElse() {
        Host host = new Host(1, 64);
        host.open();
        assertThat(completionQueue.getAllReceived())
                .singleElement()
                .isInstanceOf(CompletionQueue.LinkSubmissionQueue.class);
    }

    /** Deleted while the executor still has its commands: answered when the last has come back. */
    @Test
    void deletedWithCommandsInFlight_answersAfterTheLastAndPostsNothingMore() {
        WatchedWindow window = new WatchedWindow(16);
        ActorRef<CompletionQueue.Command> completions =
                rig.openCompletionQueue(4, 16, window, null);
        Host host = new Host(1, 64);
        ActorRef<SubmissionQueue.Command> queue =
                rig.openSubmissionQueue(
                        new SubmissionQueue.Settings(
                                1, 64, host.memory, BURST, host::execute, completions));
        host.submit(10);
        TestInbox<Deleted> answer = TestInbox.create();
        host.batches.getFirst().completed(0b1);
        rig.settle();
        queue.tell(new Delete(answer.getRef()));
        host.write(3);
        host.ring(); // after the deletion: nobody's business any more
        rig.settle();
        assertThat(answer.hasMessages()).isFalse();
        host.batches.get(1).completed(0b11);
        host.batches.getFirst().completed(0xFE);
        rig.settle();
        assertThat(answer.getAllReceived()).containsExactly(new Deleted(1));
        assertThat(window.posted()).isEqualTo(1);
        assertThat(host.fetchedIds).hasSize(10);
        assertThat(rig.shard.batches().spareCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 64, 65_536})
    void everyTailPosition_isReachedAndEveryEntryFetchedOnce(int entryCount) {
        Host host = new Host(1, entryCount);
        host.open();
        Random random = new Random(Seeds.next("SubmissionQueueTest.everyTailPosition"));
        int total = 2 * entryCount + 1;
        boolean single = entryCount <= 64; // else steps of some hundred, it is long enough
        int next = 0;
        while (next < total) {
            int count = single ? 1 : Math.min(total - next, 1 + random.nextInt(999));
            host.submit(count);
            for (int id : host.fetchedIds) {
                assertThat(id).isEqualTo(next++ & 0xFFFF);
            }
            host.fetchedIds.clear();
            host.recycleBatches();
            assertThat(next % entryCount).as("all fetched").isEqualTo(host.tail);
        }
        if (entryCount > 2) {
            host.submit(entryCount - 1);
            while (!host.batches.isEmpty()) {
                host.recycleBatches();
                rig.settle();
            }
            assertThat(host.fetchedIds).as("a full queue").hasSize(entryCount - 1);
        }
        assertThat(rig.invalid.hasMessages()).isFalse();
    }

    @Test
    void largestQueue_tailAtEveryPosition() {
        Host host = new Host(1, 65_536);
        host.open();
        for (int tail = 1; tail <= 65_536; tail++) {
            host.write(1);
            host.ring();
            rig.settle();
            assertThat(host.fetchedIds).containsExactly(tail - 1);
            host.fetchedIds.clear();
            host.recycleBatches();
        }
        assertThat(host.tail).isZero();
    }
}
