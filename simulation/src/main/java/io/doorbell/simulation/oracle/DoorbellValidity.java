package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;

/** I09 for the device: what is not rung is not fetched, and a wrong ring is told. */
final class DoorbellValidity extends Oracle {
    private boolean errorDue; // a ring was out of range, and the host does not know
    private boolean masked; // an error was reported, and the log was not read
    private int requests;

    DoorbellValidity(Oracle.Post post) {
        super(
                post,
                "I09",
                "A wrong doorbell value changes nothing and raises an event if one is possible; nothing is fetched that was not rung.",
                "Base 2.0 §3.3.1.2, §5.2");
    }

    @Override
    public void epochBegan() {
        errorDue = false;
        masked = false;
        requests = 0;
    }

    @Override
    public void fetchedAmiss(SubmissionQueueState queue, int slot) {
        if (slot == queue.head()) {
            broken(
                    "nothing fetched beyond tail %d of submission queue %d"
                            .formatted(queue.tail(), queue.id()),
                    "slot " + slot);
        }
    }

    @Override
    public void rang(int doorbell, int value, RingVerdict verdict) {
        errorDue |= verdict == RingVerdict.OUT_OF_RANGE;
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        if (queue.id() != 0) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(command);
        if (entry.opcode() == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST) {
            requests++;
        } else if (entry.opcode() == AdminOpcode.GET_LOG_PAGE
                && GetLogPage.logPageId(entry) == LogPageId.ERROR_INFORMATION
                && !GetLogPage.retainAsynchronousEvent(entry)) {
            errorDue = false;
            masked = false;
        }
    }

    @Override
    public void posting(Posting posting) {
        if (posting.sqId() != 0
                || posting.command() == CommandTable.NONE
                || model().commands().opcode(posting.command())
                        != AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST) {
            return;
        }
        requests--;
        if (posting.isSuccess()
                && AsynchronousEvent.type(posting.dw0()) == AsynchronousEvent.TYPE_ERROR) {
            errorDue = false;
            masked = true;
        }
    }

    @Override
    public void quiet(long untilNanos) {
        CompletionQueueState admin = model().completionQueue(0);
        if (errorDue
                && !masked
                && requests > 0
                && admin != null
                && !admin.isFull()
                && !admin.isExcused()
                && model().isServing()
                && isOverdue(untilNanos, settings().wakePatienceNanos())) {
            broken(
                    "an error event for a ring beyond the end of its queue",
                    "none, with %d requests outstanding".formatted(requests));
        }
    }
}
