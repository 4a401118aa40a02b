package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.log.AsynchronousEvent;

import java.util.LinkedHashSet;
import java.util.Set;

/** I26: events are told once, and requests are counted. */
final class AsyncEventRequests extends Oracle {
    private final Set<Integer> told = new LinkedHashSet<>(); // events whose log page was not read
    private int outstanding;

    AsyncEventRequests(Oracle.Post post) {
        super(
                post,
                "I26",
                "AERL + 1 requests are taken and no more, and an event of a type is told again only after the host has read its log page.",
                "Base 2.0 §5.2");
    }

    @Override
    public void epochBegan() {
        outstanding = 0;
        told.clear();
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        if (queue.id() != 0) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(command);
        if (entry.opcode() == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST) {
            outstanding++;
        } else {
            logRead(entry);
        }
    }

    /** The device may act on it at any moment from the fetch to the completion. */
    private void logRead(SubmissionEntry entry) {
        if (entry.opcode() == AdminOpcode.GET_LOG_PAGE
                && !GetLogPage.retainAsynchronousEvent(entry)) {
            int page = GetLogPage.logPageId(entry);
            told.removeIf(event -> AsynchronousEvent.logPageId(event) == page);
        }
    }

    @Override
    public void posting(Posting posting) {
        if (posting.sqId() != 0 || posting.command() == CommandTable.NONE) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(posting.command());
        if (entry.opcode() != AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST) {
            logRead(entry);
            return;
        }
        int requests = outstanding--;
        if (model().isExcused(0, posting.commandId())) {
            return;
        }
        int status = Status.codeTypeAndCode(posting.status());
        if (posting.isSuccess()) {
            tell(posting.dw0());
        } else if (status != Status.COMMAND_ABORT_REQUESTED
                && status != Status.INTERNAL_ERROR // what has failed is not refused
                && (status != Status.ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED
                        || requests <= model().facts().asyncRequestsMax())) {
            broken(
                    "up to %d requests taken".formatted(model().facts().asyncRequestsMax()),
                    "request %d refused: %s".formatted(requests, posting.describe()));
        }
    }

    private void tell(int event) {
        for (int earlier : told) {
            if (isSameKind(earlier, event)) {
                broken(
                        "no event of this type before log page %02Xh was read"
                                .formatted(AsynchronousEvent.logPageId(earlier)),
                        "%08Xh after %08Xh".formatted(event, earlier));
                return;
            }
        }
        told.add(event);
    }

    /** Notices of independent sources may be masked one by one. */
    private static boolean isSameKind(int one, int other) {
        return AsynchronousEvent.type(one) == AsynchronousEvent.TYPE_NOTICE
                ? one == other
                : AsynchronousEvent.type(one) == AsynchronousEvent.type(other);
    }

    @Override
    public void quiet(long untilNanos) {
        CompletionQueueState admin = model().completionQueue(0);
        if (outstanding > model().facts().asyncRequestsMax()
                && model().isServing()
                && admin != null
                && !admin.isFull()
                && !admin.isExcused()
                && isOverdue(untilNanos, settings().wakePatienceNanos())) {
            broken(
                    "at most %d requests outstanding".formatted(model().facts().asyncRequestsMax()),
                    "%d".formatted(outstanding));
        }
    }
}
