package io.doorbell.controller.admin;

import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.spec.SubmissionEntry;

/**
 * An admin command on its way: which one of which batch.
 *
 * @param index of the command in its batch
 */
record PendingCommand(CommandBatch batch, int index) {
    FetchedCommand command() {
        return batch.command(index);
    }

    SubmissionEntry entry() {
        return command().entry();
    }

    /** Finishes a command that was pending. */
    void finish(AdminOutcome.Done outcome) {
        command().complete(outcome.status(), outcome.result());
        batch.completed(1L << index);
    }
}
