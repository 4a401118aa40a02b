package io.doorbell.simulation.situation;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Abort;

import java.util.ArrayList;
import java.util.List;

/** Timeouts, Aborts and what else a host does about what it gets. */
final class HostSituations extends Detector {
    private record Target(int queueId, int commandId) {}

    private final List<Target> wanted = new ArrayList<>(); // of Aborts being executed

    HostSituations(BusModel model, Sightings sightings) {
        super(model, sightings);
    }

    @Override
    public void epochEnded() {
        wanted.clear();
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        if (queue.id() != 0) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(command);
        int opcode = entry.opcode();
        if (opcode != AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST && hasIoInFlight()) {
            met(Situation.ADMIN_UNDER_IO);
            metIf(opcode == AdminOpcode.SET_FEATURES, Situation.FEATURE_UNDER_IO);
        }
        if (opcode == AdminOpcode.ABORT) {
            Target target = new Target(Abort.queueId(entry), Abort.commandId(entry));
            met(Situation.ABORT);
            metIf(!wanted.isEmpty(), Situation.ABORTS_AT_ONCE);
            boolean isThere =
                    model().commands().find(target.queueId(), target.commandId())
                            != CommandTable.NONE;
            metIf(!isThere, Situation.ABORT_FINDS_NOTHING);
            if (isThere) {
                wanted.add(target);
            }
        }
    }

    @Override
    public void posting(Posting posting) {
        if (posting.command() == CommandTable.NONE) {
            return;
        }
        Target own = new Target(posting.sqId(), posting.commandId());
        boolean isAborted =
                Status.codeTypeAndCode(posting.status()) == Status.COMMAND_ABORT_REQUESTED;
        if (wanted.contains(own)) {
            met(isAborted ? Situation.ABORT_ENDS_COMMAND : Situation.ABORT_LOSES_RACE);
            wanted.remove(own);
        }
        if (posting.sqId() != 0) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(posting.command());
        if (entry.opcode() == AdminOpcode.ABORT) {
            wanted.remove(new Target(Abort.queueId(entry), Abort.commandId(entry)));
        }
        metIf(
                entry.opcode() == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST && posting.isSuccess(),
                Situation.EVENT_TOLD);
    }

    @Override
    public void timedOut(int queueId, int commandId) {
        met(Situation.TIMEOUT);
    }

    @Override
    public void foundCompleted(int queueId, int commandId) {
        met(Situation.TIMEOUT_FINDS_COMPLETION);
    }

    @Override
    public void unknownCompletion(int queueId, int commandId) {
        met(Situation.UNKNOWN_COMPLETION);
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        met(Situation.COMMAND_CANCELLED);
    }

    @Override
    public void sentAgain(int queueId, int commandId) {
        met(Situation.SENT_AGAIN);
    }

    @Override
    public void gaveUp(int queueId, int commandId) {
        met(Situation.GIVEN_UP);
    }
}
