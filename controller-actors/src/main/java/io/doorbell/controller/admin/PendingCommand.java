package io.doorbell.controller.admin;

import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

/**
 * An admin command on its way: which one of which batch.
 *
 * @param index of the command in its batch
 * @param errors where it is noted if it fails
 */
record PendingCommand(CommandBatch batch, int index, ErrorLog errors) {
    FetchedCommand command() {
        return batch.command(index);
    }

    SubmissionEntry entry() {
        return command().entry();
    }

    /** Sets the outcome; a failure is logged, and its status says so (M); an abort is none. */
    void complete(AdminOutcome.Done outcome) {
        int status = outcome.status();
        if (!Status.isSuccess(status) && status != Status.COMMAND_ABORT_REQUESTED) {
            status |= Status.MORE;
            errors.add(entry(), status, outcome.wrongByte());
        }
        command().complete(status, outcome.result());
    }

    /** Finishes a command that was pending. */
    void finish(AdminOutcome.Done outcome) {
        complete(outcome);
        batch.completed(1L << index);
    }
}
