package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.queue.CompletionQueue.Delete;
import io.doorbell.controller.queue.CompletionQueue.Deleted;
import io.doorbell.controller.queue.CompletionQueue.UnlinkSubmissionQueue;
import io.doorbell.controller.queue.CompletionReader.Entry;
import io.doorbell.controller.queue.Interrupt.Posted;
import io.doorbell.spec.Status;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a completion queue does when it is full, and what it does with batches (Base §3.3.1.2). */
class CompletionBacklogTest {
    private static final PumpedSystem SYSTEM = new PumpedSystem();
    private static final int CQ = 3;
    private static final int ENTRIES = 8;
    private static final int ROOM = ENTRIES - 1;

    private final DeviceRig rig = new DeviceRig(SYSTEM);
    private final WatchedWindow window = new WatchedWindow(ENTRIES);
    private final CompletionReader host = new CompletionReader(window, ENTRIES);
    private final TestInbox<Interrupt.Command> interrupt = TestInbox.create();
    private final ActorRef<CompletionQueue.Command> queue =
            rig.openCompletionQueue(CQ, ENTRIES, window, interrupt.getRef());

    @AfterAll
    static void close() {
        SYSTEM.close();
    }

    private Feeder feeder(int submissionQueueId) {
        Feeder feeder = new Feeder(rig.shard, submissionQueueId, 64, queue);
        rig.settle();
        return feeder;
    }

    private void run(Feeder feeder, int count) {
        feeder.run(count);
        rig.settle();
    }

    private void complete(Feeder feeder, CommandBatch batch, long mask) {
        feeder.complete(batch, mask, Status.SUCCESS);
        rig.settle();
    }

    private List<Entry> consume(int max) {
        List<Entry> entries = host.read(max);
        window.consume(entries.size());
        rig.ringHead(CQ, host.head());
        rig.settle();
        return entries;
    }

    private List<Integer> consumeIds(int max) {
        return consume(max).stream().map(Entry::commandId).toList();
    }

    private TestInbox<SubmissionQueue.Deleted> unlink(Feeder feeder) {
        TestInbox<SubmissionQueue.Deleted> answer = TestInbox.create();
        queue.tell(new UnlinkSubmissionQueue(feeder.link, feeder.fetchedTotal(), answer.getRef()));
        rig.settle();
        return answer;
    }

    @Test
    void full_holdsTheRestAndPausesItsQueue_headMoves_postsOneForEachFreeSlot() {
        Feeder feeder = feeder(1);
        run(feeder, 10);
        assertThat(window.posted()).isEqualTo(ROOM);
        assertThat(feeder.inbox.getAllReceived()).containsExactly(SubmissionQueue.PAUSE_FETCHING);
        assertThat(consumeIds(1)).containsExactly(0);
        assertThat(window.posted()).isEqualTo(ROOM + 1);
        assertThat(feeder.inbox.hasMessages()).as("still full").isFalse();
        assertThat(consumeIds(99)).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(feeder.inbox.getAllReceived()).containsExactly(SubmissionQueue.RESUME_FETCHING);
        assertThat(consumeIds(99)).containsExactly(8, 9);
        assertThat(rig.shard.counters().queueFullHolds).isEqualTo(1);
    }

    @Test
    void exactlyFull_nothingIsHeldAndNobodyPaused() {
        Feeder feeder = feeder(1);
        run(feeder, ROOM);
        assertThat(window.posted()).isEqualTo(ROOM);
        assertThat(feeder.inbox.hasMessages()).isFalse();
    }

    @Test
    void headMovedUnseenBeforeItWasFull_postsWithoutHolding() {
        Feeder feeder = feeder(1);
        run(feeder, ROOM);
        consume(3);
        run(feeder, 3);
        assertThat(window.posted()).isEqualTo(ROOM + 3);
        assertThat(feeder.inbox.hasMessages()).isFalse();
        assertThat(rig.shard.counters().wakes).as("nobody slept on the head").isZero();
    }

    @Test
    void completionsWhileHeld_queueBehindTheOldOnes() {
        Feeder first = feeder(1);
        Feeder second = feeder(2);
        run(first, 9);
        run(second, 2);
        run(first, 2);
        assertThat(second.inbox.getAllReceived()).containsExactly(SubmissionQueue.PAUSE_FETCHING);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            consume(1).forEach(entry -> seen.add(entry.sqId() + ":" + entry.commandId()));
        }
        assertThat(seen.subList(0, 9))
                .containsExactly("1:0", "1:1", "1:2", "1:3", "1:4", "1:5", "1:6", "1:7", "1:8");
        assertThat(seen.subList(9, 13)).containsExactly("2:0", "2:1", "1:9", "1:10");
        assertThat(first.inbox.getAllReceived())
                .containsExactly(SubmissionQueue.PAUSE_FETCHING, SubmissionQueue.RESUME_FETCHING);
        assertThat(second.inbox.getAllReceived()).containsExactly(SubmissionQueue.RESUME_FETCHING);
    }

    @Test
    void submissionQueueLinkedWhileHeld_isPausedToo() {
        run(feeder(1), 10);
        Feeder late = feeder(2);
        assertThat(late.inbox.getAllReceived()).containsExactly(SubmissionQueue.PAUSE_FETCHING);
        consume(99);
        assertThat(late.inbox.getAllReceived()).containsExactly(SubmissionQueue.RESUME_FETCHING);
    }

    @Test
    void postedBatch_isOneInterruptMessageWithItsCount() {
        Feeder feeder = feeder(1);
        run(feeder, 5);
        run(feeder, 1);
        assertThat(interrupt.getAllReceived())
                .containsExactly(new Posted(5, false), new Posted(1, false));
        run(feeder, 4);
        assertThat(interrupt.getAllReceived()).containsExactly(new Posted(1, false));
        consume(99);
        assertThat(interrupt.getAllReceived()).containsExactly(new Posted(3, false));
        assertThat(rig.shard.counters().completions).isEqualTo(10);
        assertThat(rig.shard.counters().completionBatches).isEqualTo(4);
    }

    @Test
    void errorInABatch_isUrgent() {
        Feeder feeder = feeder(1);
        CommandBatch batch = feeder.fetch(3);
        feeder.complete(batch, 0b001, Status.SUCCESS);
        rig.settle();
        feeder.complete(batch, 0b110, Status.INVALID_FIELD_IN_COMMAND);
        rig.settle();
        assertThat(interrupt.getAllReceived())
                .containsExactly(new Posted(1, false), new Posted(2, true));
    }

    @Test
    void adminQueue_isAlwaysUrgent() {
        WatchedWindow adminWindow = new WatchedWindow(ENTRIES);
        ActorRef<CompletionQueue.Command> admin =
                rig.openCompletionQueue(0, ENTRIES, adminWindow, interrupt.getRef());
        new Feeder(rig.shard, 0, 64, admin).run(1);
        rig.settle();
        assertThat(interrupt.getAllReceived()).containsExactly(new Posted(1, true));
    }

    @Test
    void partialCompletions_postWhatIsDoneAndGiveTheBatchBackWhenAllIs() {
        Feeder feeder = feeder(1);
        CommandBatch batch = feeder.fetch(4);
        int spare = rig.shard.batches().spareCount();
        complete(feeder, batch, 0b0100);
        complete(feeder, batch, 0b0001);
        assertThat(rig.shard.batches().spareCount()).isEqualTo(spare);
        complete(feeder, batch, 0b1010);
        assertThat(consumeIds(99)).containsExactly(2, 0, 1, 3);
        assertThat(rig.shard.batches().spareCount()).isEqualTo(spare + 1);
    }

    @Test
    void partialCompletionWhileHeld_joinsItsBatchAndIsPostedOnce() {
        Feeder feeder = feeder(1);
        CommandBatch slow = feeder.fetch(3);
        run(feeder, ROOM);
        complete(feeder, slow, 0b001);
        complete(feeder, slow, 0b110);
        assertThat(window.posted()).isEqualTo(ROOM);
        assertThat(consumeIds(99)).containsExactly(3, 4, 5, 6, 7, 8, 9);
        assertThat(consumeIds(99)).containsExactly(0, 1, 2);
        assertThat(rig.shard.batches().spareCount()).isEqualTo(2);
    }

    @Test
    void batchesCompleteOutOfOrder_submissionHeadNeverMovesBack() {
        Feeder feeder = feeder(1);
        CommandBatch first = feeder.fetch(2);
        CommandBatch second = feeder.fetch(3);
        complete(feeder, second, second.all());
        complete(feeder, first, first.all());
        assertThat(consume(99)).extracting(Entry::sqHead).containsExactly(5, 5, 5, 5, 5);
    }

    @Test
    void unlinkWithBacklog_dropsWhatIsNotPosted_othersGoOn() {
        Feeder dying = feeder(1);
        Feeder living = feeder(2);
        run(dying, 9);
        run(living, 1);
        TestInbox<SubmissionQueue.Deleted> answer = unlink(dying);
        assertThat(answer.getAllReceived()).containsExactly(new SubmissionQueue.Deleted(1));
        assertThat(living.inbox.getAllReceived()).containsExactly(SubmissionQueue.PAUSE_FETCHING);
        assertThat(consume(99)).extracting(Entry::sqId).containsOnly(1).hasSize(ROOM);
        assertThat(consume(99)).extracting(Entry::sqId).containsExactly(2);
        assertThat(living.inbox.getAllReceived()).containsExactly(SubmissionQueue.RESUME_FETCHING);
    }

    @Test
    void unlinkEmptiesTheBacklog_theOthersResumeAndTheOldWakeDoesNoHarm() {
        Feeder dying = feeder(1);
        Feeder living = feeder(2);
        run(dying, 9);
        unlink(dying);
        assertThat(living.inbox.getAllReceived())
                .containsExactly(SubmissionQueue.PAUSE_FETCHING, SubmissionQueue.RESUME_FETCHING);
        consume(99); // the head was armed for the backlog that is gone
        run(living, 10);
        assertThat(consume(99)).hasSize(ROOM);
        assertThat(consume(99)).hasSize(3);
        assertThat(window.posted()).isEqualTo(ROOM + 10);
    }

    @Test
    void unlinkWhileCommandsAreInFlight_isAnsweredWhenTheLastArrives_nothingOfThemIsPosted() {
        Feeder feeder = feeder(1);
        CommandBatch first = feeder.fetch(3);
        CommandBatch second = feeder.fetch(2);
        complete(feeder, first, 0b001);
        TestInbox<SubmissionQueue.Deleted> answer = unlink(feeder);
        complete(feeder, first, 0b110);
        complete(feeder, second, 0b01);
        assertThat(answer.hasMessages()).isFalse();
        complete(feeder, second, 0b10);
        assertThat(answer.getAllReceived()).containsExactly(new SubmissionQueue.Deleted(1));
        assertThat(window.posted()).isEqualTo(1);
        assertThat(rig.shard.batches().spareCount()).isEqualTo(2);
    }

    @Test
    void delete_isAnswered() {
        TestInbox<Deleted> answer = TestInbox.create();
        queue.tell(new Delete(answer.getRef()));
        rig.settle();
        assertThat(answer.getAllReceived()).containsExactly(new Deleted(CQ));
    }

    /** Several queues, random pieces, a host that reads at random: nothing lost, nothing leaked. */
    @Test
    void hundredThousandCommands_eachPostedOnce_batchesAllComeBack() {
        RandomGenerator random = Seeds.random("CompletionBacklogTest.hundredThousandCommands");
        List<Feeder> feeders = List.of(feeder(1), feeder(2), feeder(3));
        List<CommandBatch> open = new ArrayList<>();
        List<Long> left = new ArrayList<>();
        Set<CommandBatch> everUsed = Collections.newSetFromMap(new IdentityHashMap<>());
        int[] perQueue = new int[4];
        long total = 0;
        long read = 0;
        while (total < 100_000 || !open.isEmpty() || read < total) {
            if (total < 100_000 && open.size() < 6 && total - read < 500) {
                CommandBatch batch =
                        feeders.get(random.nextInt(3))
                                .fetch(random.nextInt(1, CommandBatch.CAPACITY + 1));
                open.add(batch);
                left.add(batch.all());
                total += batch.count();
                everUsed.add(batch);
            }
            completePiece(random, feeders, open, left);
            for (Entry entry : consume(random.nextInt(ENTRIES))) {
                read++;
                perQueue[entry.sqId()]++;
            }
        }
        assertThat(read).isEqualTo(total);
        for (Feeder feeder : feeders) {
            assertThat((long) perQueue[feeder.link.queueId()]).isEqualTo(feeder.fetchedTotal());
        }
        assertThat(window.posted()).isEqualTo(total);
        assertThat(rig.shard.batches().spareCount()).isEqualTo(everUsed.size());
        assertThat(rig.shard.counters().completions).isEqualTo(total);
    }

    private void completePiece(
            RandomGenerator random,
            List<Feeder> feeders,
            List<CommandBatch> open,
            List<Long> left) {
        if (open.isEmpty()) {
            return;
        }
        int index = random.nextInt(open.size());
        CommandBatch batch = open.get(index);
        long piece = random.nextBoolean() ? left.get(index) : left.get(index) & random.nextLong();
        long rest = left.get(index) & ~piece;
        if (rest == 0) {
            open.remove(index);
            left.remove(index);
        } else {
            left.set(index, rest);
        }
        if (piece != 0) {
            complete(feeders.get(batch.link().queueId() - 1), batch, piece);
        }
    }
}
