package io.doorbell.controller.admin;

import io.doorbell.controller.queue.SubmissionQueue.AbortAnswer;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Abort;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Abort (Base §5.1): ends what is queued or running, and says so after the completion of the
 * aborted command was posted. Of admin commands only Asynchronous Event Requests take long enough
 * to be aborted.
 */
final class AbortCommands {
    /** ACL: aborts that may be outstanding, counted from zero. */
    static final int LIMIT_ZERO_BASED = 3;

    private final QueueActors actors;
    private final AsyncEvents events;
    private final List<PendingCommand> pending = new ArrayList<>();

    AbortCommands(QueueActors actors, AsyncEvents events) {
        this.actors = actors;
        this.events = events;
    }

    AdminOutcome abort(PendingCommand command) {
        int queueId = Abort.queueId(command.entry());
        int commandId = Abort.commandId(command.entry());
        if (queueId == 0) {
            return result(events.abort(commandId));
        }
        if (pending.size() > LIMIT_ZERO_BASED) {
            return AdminOutcome.refused(Status.ABORT_COMMAND_LIMIT_EXCEEDED);
        }
        pending.add(command);
        actors.abort(queueId, commandId);
        return AdminOutcome.PENDING;
    }

    /** A queue answered; equal requests are answered in order. */
    void answered(AbortAnswer answer) {
        for (Iterator<PendingCommand> all = pending.iterator(); all.hasNext(); ) {
            PendingCommand command = all.next();
            if (Abort.queueId(command.entry()) == answer.queueId()
                    && Abort.commandId(command.entry()) == answer.commandId()) {
                all.remove();
                command.finish(result(answer.aborted()));
                return;
            }
        }
    }

    private static AdminOutcome.Done result(boolean aborted) {
        return AdminOutcome.result(aborted ? Abort.RESULT_ABORTED : Abort.RESULT_NOT_ABORTED);
    }
}
