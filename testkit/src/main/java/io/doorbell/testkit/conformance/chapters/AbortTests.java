package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import java.util.HashMap;
import java.util.Map;

/** Abort (Base §5.1). */
@Chapter("Abort")
final class AbortTests {
    private static final int NOT_ABORTED = 1;
    private static final long MILLISECOND_NANOS = 1_000_000;

    private static Command abort(int queueId, int commandId) {
        return Command.of(AdminOpcode.ABORT).cdw(10, commandId << 16 | queueId);
    }

    /** A queue whose completion queue is full, so that what is submitted now stays queued. */
    private static HostQueue stuckQueue(Host host) {
        HostQueue queue = host.start().createPair(1, 32, 2, 1);
        for (int i = 0; i < 4; i++) {
            queue.submit(Commands.flush(1));
        }
        host.elapse(MILLISECOND_NANOS);
        return queue;
    }

    private static Map<Integer, Completion> drain(HostQueue queue, int count) {
        Map<Integer, Completion> completions = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Completion completion = queue.expectCompletion();
            Expect.that(
                    completion + " is the first of its command",
                    completions.put(completion.commandId(), completion) == null);
            queue.ringHead();
        }
        queue.expectNoCompletion(MILLISECOND_NANOS);
        return completions;
    }

    @Clause(
            value = "Base §5.1",
            otherwise = "A driver that aborts too late is told that it succeeded.",
            values = {0, 77, 0xFFFF})
    void abortOfAnUnknownCommand_saysNotAborted(Host host, long commandId) {
        host.start().createPair(1, 32);
        Completion completion = host.adminOk(abort(1, (int) commandId));
        Expect.equal("DW0 bit 0", completion.dw0() & 1, NOT_ABORTED);
    }

    @Clause(
            value = "Base §5.1",
            level = Level.SHOULD,
            otherwise = "A driver's abort of a command of a deleted queue looks like a fault.",
            values = {2, 17, 0xFFFF})
    void abortInAQueueThatIsNotThere_saysNotAborted(Host host, long queueId) {
        host.start().createPair(1, 32);
        Completion completion = host.adminOk(abort((int) queueId, 1));
        Expect.equal("DW0 bit 0", completion.dw0() & 1, NOT_ABORTED);
    }

    @Clause(value = "Base §5.1", otherwise = "A completed command gets a second completion.")
    void abortOfACompletedCommand_saysNotAborted(Host host) {
        HostQueue queue = host.start().createPair(1, 32);
        int id = queue.run(Commands.flush(1)).commandId();
        Expect.equal("DW0 bit 0", host.adminOk(abort(1, id)).dw0() & 1, NOT_ABORTED);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(value = "Base §5.1", otherwise = "An Asynchronous Event Request cannot be taken back.")
    void abortOfAnEventRequest_completesItFirst(Host host) {
        host.start();
        int request = host.requestEvent();
        int id = host.adminQueue().submit(abort(0, request));
        Completion aborted = host.adminQueue().expectCompletion(request);
        Expect.status(aborted, Status.COMMAND_ABORT_REQUESTED);
        Completion completion = host.adminQueue().expectCompletion(id);
        Expect.success(completion);
        Expect.equal("DW0 bit 0", completion.dw0() & 1, 0);
    }

    @Clause(value = "Base §5.1", otherwise = "An event is reported to a request that was aborted.")
    void abortedEventRequest_getsNoEvent(Host host) {
        HostQueue queue = host.start().createPair(1, 32);
        int request = host.requestEvent();
        host.adminQueue().submit(abort(0, request));
        host.adminQueue().expectCompletion(request);
        host.adminQueue().expectCompletion();
        host.adminQueue().ringHead();
        queue.ring(32);
        host.adminQueue().expectNoCompletion(MILLISECOND_NANOS);
        int next = host.requestEvent();
        host.adminQueue().expectCompletion(next);
    }

    @Clause(
            value = "Base §5.1",
            otherwise = "The wrong one of several event requests is aborted.",
            values = {0, 1, 2, 3})
    void abortOfOneOfManyEventRequests_leavesTheOthers(Host host, long index) {
        host.start();
        int[] requests = new int[4];
        for (int i = 0; i < 4; i++) {
            requests[i] = host.requestEvent();
        }
        host.adminQueue().submit(abort(0, requests[(int) index]));
        Completion first = host.adminQueue().expectCompletion();
        Expect.equal("aborted command", first.commandId(), requests[(int) index]);
        host.adminQueue().expectCompletion();
        host.adminQueue().ringHead();
        host.adminQueue().expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §5.1",
            otherwise = "A driver that aborts all it has loses track of what is left.")
    void abortOfEachIdInTurn_endsEachEventRequestOnce(Host host) {
        host.start();
        for (int i = 0; i < 4; i++) {
            host.adminQueue().submit(Commands.asynchronousEventRequest().commandId(0x100 + 3 * i));
        }
        Map<Integer, Completion> ended = new HashMap<>();
        for (int id = 0x100; id < 0x110; id++) {
            host.adminQueue().submit(abort(0, id).commandId(0x200 + id));
            Completion first = host.adminQueue().expectCompletion();
            boolean wasThere = first.commandId() == id;
            if (wasThere) {
                Expect.status(first, Status.COMMAND_ABORT_REQUESTED);
                ended.put(id, first);
            }
            Completion answer = wasThere ? host.adminQueue().expectCompletion() : first;
            host.adminQueue().ringHead();
            Expect.equal("command", answer.commandId(), 0x200 + id);
            Expect.equal("DW0 bit 0", answer.dw0() & 1, wasThere ? 0 : NOT_ABORTED);
        }
        Expect.equal("event requests that ended", ended.size(), 4);
        host.adminQueue().expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §5.1",
            otherwise = "An abort of an abort leaves a driver with two commands that never end.",
            values = {0, 1})
    void abortOfAnAbort_isAnswered(Host host, long queueId) {
        host.start();
        int first = host.adminQueue().put(abort((int) queueId, 0x7777));
        int second = host.adminQueue().put(abort(0, first));
        host.adminQueue().ring();
        for (int i = 0; i < 2; i++) {
            Completion completion = host.adminQueue().expectCompletion();
            Expect.that(
                    completion + " is one of both",
                    completion.commandId() == first || completion.commandId() == second);
            int code = Status.codeTypeAndCode(completion.status());
            Expect.that(
                    "success, or aborted itself",
                    code == Status.SUCCESS || code == Status.COMMAND_ABORT_REQUESTED);
        }
        host.adminQueue().ringHead();
        host.adminQueue().expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §5.1",
            level = Level.MAY,
            otherwise = "A command that has not begun cannot be stopped.",
            values = {0, 1, 2})
    void abortOfAQueuedCommand_endsItWithAbortRequested(Host host, long index) {
        HostQueue queue = stuckQueue(host);
        int[] ids = new int[3];
        for (int i = 0; i < 3; i++) {
            ids[i] = queue.submit(Commands.flush(1));
        }
        int target = ids[(int) index];
        int id = host.adminQueue().submit(abort(1, target));
        host.elapse(MILLISECOND_NANOS);
        Map<Integer, Completion> completions = drain(queue, 7);
        Completion answer = host.adminQueue().expectCompletion(id);
        Expect.success(answer);
        Expect.equal("DW0 bit 0", answer.dw0() & 1, 0);
        for (Completion completion : completions.values()) {
            Expect.status(
                    completion,
                    completion.commandId() == target
                            ? Status.COMMAND_ABORT_REQUESTED
                            : Status.SUCCESS);
        }
    }

    @Clause(
            value = "Base §5.1",
            otherwise = "The answer to an abort and the status of its command contradict.",
            values = {1, 2, 3, 4, 5, 6})
    void abort_agreesWithTheStatusOfItsCommand(Host host, long index) {
        HostQueue queue = stuckQueue(host);
        for (int i = 0; i < 2; i++) {
            queue.submit(Commands.flush(1));
        }
        int id = host.adminQueue().submit(abort(1, (int) index));
        host.elapse(MILLISECOND_NANOS);
        Map<Integer, Completion> completions = drain(queue, 6);
        boolean aborted = (host.adminQueue().expectCompletion(id).dw0() & 1) == 0;
        Completion target = completions.get((int) index);
        Expect.that("the command completed", target != null);
        if (target != null) {
            Expect.status(target, aborted ? Status.COMMAND_ABORT_REQUESTED : Status.SUCCESS);
        }
    }

    @Clause(
            value = "Base §5.1",
            level = Level.MAY,
            otherwise = "A driver that sends more aborts than ACL allows is not told.")
    void abortsBeyondTheLimit_areRefused(Host host) {
        HostQueue queue = stuckQueue(host);
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(1, 0, page));
        int limit = host.memory().getByte(page + 258) + 1;
        int[] ids = new int[limit + 1];
        for (int i = 0; i <= limit; i++) {
            ids[i] = queue.submit(Commands.flush(1));
        }
        for (int i = 0; i < limit; i++) {
            host.adminQueue().submit(abort(1, ids[i]));
        }
        int tooMany = host.adminQueue().submit(abort(1, ids[limit]));
        Completion refused = host.adminQueue().expectCompletion(tooMany);
        Expect.status(refused, Status.ABORT_COMMAND_LIMIT_EXCEEDED);
        drain(queue, 4 + limit + 1);
        for (int i = 0; i < limit; i++) {
            Expect.success(host.adminQueue().expectCompletion());
        }
    }

    @Clause(
            value = "Base §5.1",
            otherwise = "Deleting a queue leaves the abort of its command without an answer.")
    void abort_isAnsweredAlsoWhenItsQueueIsDeleted(Host host) {
        HostQueue queue = stuckQueue(host);
        int target = queue.submit(Commands.flush(1));
        int abort = host.adminQueue().submit(abort(1, target));
        host.elapse(MILLISECOND_NANOS);
        int delete = host.adminQueue().submit(Commands.deleteSubmissionQueue(1));
        Map<Integer, Completion> completions = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            Completion completion = host.adminQueue().expectCompletion();
            Expect.success(completion);
            completions.put(completion.commandId(), completion);
        }
        Expect.that("Abort completed", completions.containsKey(abort));
        Expect.that("Delete completed", completions.containsKey(delete));
    }
}
