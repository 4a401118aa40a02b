package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Abort;
import io.doorbell.spec.command.DeleteQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Abort and queue deletion while a store takes its time (Base §5.1, §5.6): each command ends
 * exactly once, and each Abort says how it did.
 */
class AbortRunningTest {
    private static final int UNKNOWN_COMMAND = 0x7FFE;
    private static final int ENTRIES = 16;

    private final FaultyStore store = new FaultyStore(true);
    private final Map<Integer, Completion> adminAnswers = new TreeMap<>();
    private TestHost host;
    private TestQueue queue;

    @BeforeEach
    void start() {
        host = TestHost.machine().store(store).start().enable();
        queue = host.createQueuePair(1, ENTRIES);
    }

    @AfterEach
    void close() {
        host.close();
    }

    private int submitRead() {
        return host.submit(queue, IoCommand.read(0, 1, host.memory().pages(1), 0));
    }

    /** A command that a worker is executing, until the store gets a permit. */
    private int submitRunning() throws InterruptedException {
        store.waitForPermits();
        int id = submitRead();
        store.awaitEntered();
        return id;
    }

    private int submitAbort(int commandId) {
        return host.submit(
                host.admin(),
                entry -> {
                    entry.opcode(AdminOpcode.ABORT);
                    Abort.queueId(entry, 1);
                    Abort.commandId(entry, commandId);
                });
    }

    /** Aborts what the queue has fetched by now; the queue has acted on it when this returns. */
    private int abort(int commandId) {
        settle();
        int id = submitAbort(commandId);
        settle();
        return id;
    }

    /** The queue has acted on all that came before, as it has on one more Abort after it. */
    private void settle() {
        assertThat(adminAnswer(submitAbort(UNKNOWN_COMMAND)).result())
                .isEqualTo(Abort.RESULT_NOT_ABORTED);
    }

    private Completion adminAnswer(int id) {
        Completion answer = adminAnswers.get(id);
        while (answer == null) {
            Completion completion = host.await(host.admin());
            assertThat(adminAnswers.put(completion.commandId(), completion)).isNull();
            answer = adminAnswers.get(id);
        }
        return answer;
    }

    private void assertAbort(int abortId, int result) {
        Completion answer = adminAnswer(abortId);
        TestHost.assertSuccess(answer);
        assertThat(answer.result()).isEqualTo(result);
    }

    private Map<Integer, Completion> completions(int count) {
        Map<Integer, Completion> all = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Completion completion = host.await(queue);
            assertThat(all.put(completion.commandId(), completion))
                    .as("a second completion of a command")
                    .isNull();
        }
        return all;
    }

    private static void assertEnded(Map<Integer, Completion> all, int id, int code) {
        TestHost.assertStatus(Objects.requireNonNull(all.get(id)), code);
    }

    /** Nothing is left of what went before: the next completion is that of the next command. */
    private void assertQueueIsQuiet() {
        store.permit(1);
        TestHost.assertSuccess(host.run(queue, IoCommand::flush));
        host.fence();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void runningCommand_endsAsItEnds_andTheAbortSaysNotAborted() throws Exception {
        int running = submitRunning();
        int abort = abort(running);
        assertThat(adminAnswers).as("answered before the command ended").doesNotContainKey(abort);
        assertThat(queue.poll()).isNull();
        store.permit(1);
        assertEnded(completions(1), running, Status.SUCCESS);
        assertAbort(abort, Abort.RESULT_NOT_ABORTED);
        assertQueueIsQuiet();
    }

    @Test
    void commandThatWaitsForAWorker_isNotExecuted() throws Exception {
        int running = submitRunning();
        int waiting = submitRead();
        int last = submitRead();
        int abort = abort(waiting);
        store.permit(2); // a third call would wait
        Map<Integer, Completion> all = completions(3);
        assertEnded(all, running, Status.SUCCESS);
        assertEnded(all, waiting, Status.COMMAND_ABORT_REQUESTED);
        assertEnded(all, last, Status.SUCCESS);
        assertAbort(abort, Abort.RESULT_ABORTED);
        assertQueueIsQuiet();
    }

    @Test
    void longCommand_endsBetweenTwoPieces() throws Exception {
        store.waitForPermits();
        int running = host.submit(queue, IoCommand.writeZeroes(0, 1 << 15, false));
        store.awaitEntered();
        int abort = abort(running);
        store.permit(1);
        assertEnded(completions(1), running, Status.COMMAND_ABORT_REQUESTED);
        assertAbort(abort, Abort.RESULT_ABORTED);
        assertQueueIsQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void halfOfAFusedPair_takesTheOtherWithIt(int half) throws Exception {
        int running = submitRunning();
        int[] pair = new int[2];
        pair[0] = queue.put(entry -> fused(entry, NvmOpcode.COMPARE, SubmissionEntry.FUSE_FIRST));
        pair[1] = queue.put(entry -> fused(entry, NvmOpcode.WRITE, SubmissionEntry.FUSE_SECOND));
        host.ring(queue);
        int abort = abort(pair[half]);
        store.permit(1);
        Map<Integer, Completion> all = completions(3);
        assertEnded(all, running, Status.SUCCESS);
        assertEnded(all, pair[half], Status.COMMAND_ABORT_REQUESTED);
        assertEnded(all, pair[1 - half], Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND);
        assertAbort(abort, Abort.RESULT_ABORTED);
        assertQueueIsQuiet();
    }

    private void fused(SubmissionEntry entry, int opcode, int fuse) {
        IoCommand.write(0, 1, host.memory().pages(1), 0).accept(entry);
        entry.opcode(opcode).fuse(fuse);
    }

    @Test
    void completedCommandThatIsNotPosted_isNotAborted_oneThatIsNotFetchedIs() {
        queue = host.createQueuePair(2, 4);
        for (int i = 0; i < 3; i++) {
            host.submit(queue, IoCommand::flush);
        }
        for (int i = 0; i < 3; i++) {
            host.waitForInterrupt(queue.vector); // posted, and not consumed
        }
        int held = host.submit(queue, IoCommand::flush);
        host.waitForCount(counters -> counters.queueFullHolds, 1);
        int unfetched = host.submit(queue, IoCommand::flush);
        int abortHeld = submitAbortOf2(held);
        int abortUnfetched = submitAbortOf2(unfetched);
        adminAnswer(submitAbortOf2(UNKNOWN_COMMAND)); // the queue knows of both
        assertAbort(abortHeld, Abort.RESULT_NOT_ABORTED);
        Map<Integer, Completion> all = completions(5);
        assertEnded(all, held, Status.SUCCESS);
        assertEnded(all, unfetched, Status.COMMAND_ABORT_REQUESTED);
        assertAbort(abortUnfetched, Abort.RESULT_ABORTED);
        assertQueueIsQuiet();
    }

    private int submitAbortOf2(int commandId) {
        return host.submit(
                host.admin(),
                entry -> {
                    entry.opcode(AdminOpcode.ABORT);
                    Abort.queueId(entry, 2);
                    Abort.commandId(entry, commandId);
                });
    }

    @Test
    void queueDeletedWhileACommandRuns_isGoneWhenTheCommandIs() throws Exception {
        int running = submitRunning();
        submitRead();
        submitRead();
        int abort = abort(running);
        int delete =
                host.submit(
                        host.admin(),
                        entry -> {
                            entry.opcode(AdminOpcode.DELETE_IO_SUBMISSION_QUEUE);
                            DeleteQueue.queueId(entry, 1);
                        });
        settle(); // by what leads to the queue
        settle();
        assertThat(adminAnswers).doesNotContainKey(delete);
        store.permit(1); // what waits for the worker must not need one
        assertThat(adminAnswer(delete).code()).isZero();
        assertAbort(abort, Abort.RESULT_NOT_ABORTED);
        assertThat(queue.poll()).as("completion of a command of a deleted queue").isNull();
        TestQueue again = host.describeQueue(1, 1, ENTRIES, 1);
        TestHost.assertSuccess(host.admin(entry -> TestHost.createSubmissionQueue(entry, again)));
        host.submit(again, IoCommand::flush);
        store.permit(1);
        TestHost.assertSuccess(host.await(queue));
        host.fence();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void resetWhileAnAbortIsPending_leavesNothingBehind() throws Exception {
        abort(submitRunning());
        host.writeRegister32(Registers.CC, 0);
        for (int read = 0; read < 100; read++) {
            host.fence(); // the queues have stopped, the store still works
        }
        store.permit(1);
        host.awaitReady(false);
        assertThat(queue.poll()).isNull();
        store.permit(100);
        host.enableAgain();
        queue = host.createQueuePair(1, ENTRIES);
        assertQueueIsQuiet();
    }
}
