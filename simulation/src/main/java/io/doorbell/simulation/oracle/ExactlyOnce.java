package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;

/** I01: every command is answered once. */
final class ExactlyOnce extends Oracle {
    ExactlyOnce(Oracle.Post post) {
        super(
                post,
                "I01",
                "Every command that was fetched is completed exactly once in its epoch, or ends with its queue or epoch.",
                "Base 2.0 §3.4.1, §3.3.3.2");
    }

    @Override
    public void posting(Posting posting) {
        SubmissionQueueState source = posting.source();
        if (posting.command() == CommandTable.NONE
                && source != null
                && !source.isExcused()
                && !posting.queue().isExcused()
                && source.wasResolved(posting.commandId())
                && !model().isExcused(source.id(), posting.commandId())) {
            broken("one completion of each command", "a second one: " + posting.describe());
        }
    }

    @Override
    public void quiet(long untilNanos) {
        if (!isOverdue(untilNanos, settings().commandPatienceNanos()) || !model().isServing()) {
            return;
        }
        CommandTable commands = model().commands();
        for (int command = 0; command < commands.numbersEnd(); command++) {
            if (commands.isOutstanding(command) && isOwed(command)) {
                broken(
                        "a completion, since nothing can run and nothing is awaited",
                        "none of " + commands.describe(command));
                return;
            }
        }
    }

    private boolean isOwed(int command) {
        CommandTable commands = model().commands();
        int queueId = commands.queueId(command);
        SubmissionQueueState source = model().submissionQueue(queueId);
        if (source == null) {
            return false;
        }
        CompletionQueueState queue = model().completionQueue(source.completionQueueId());
        return queue != null
                && !source.isExcused()
                && !queue.isExcused()
                && !queue.wasFull()
                && !model().mayOverlook(queue)
                && !(queueId == 0 && mayWaitForOthers())
                && !BusModel.mayStay(queueId, commands.opcode(command))
                && !model().isExcused(queueId, commands.commandId(command));
    }

    /** Abort and Delete wait for commands that a fault keeps, or whose completion has no room. */
    private boolean mayWaitForOthers() {
        if (model().excusesCommands()) {
            return true;
        }
        for (int id = 1; id < model().queueIdsEnd(); id++) {
            CompletionQueueState queue = model().completionQueue(id);
            if (queue != null
                    && (queue.isFull() || queue.isExcused() || model().mayOverlook(queue))) {
                return true;
            }
        }
        return false;
    }
}
