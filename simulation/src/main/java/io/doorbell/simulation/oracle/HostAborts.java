package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Abort;

import java.util.HashSet;
import java.util.Set;

/** I28 for the host: it aborts what it means to abort. */
final class HostAborts extends Oracle {
    private final Set<Integer> meant = new HashSet<>(); // queue and identifier, in this epoch

    HostAborts(Oracle.Post post) {
        super(
                post,
                "I28",
                "An Abort names queue and identifier of a command that the host wants to be aborted.",
                "Base 2.0 §5.1");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    @Override
    public void epochBegan() {
        meant.clear();
    }

    /** The host is about to send an Abort of this command. */
    void abortMeant(int queueId, int commandId) {
        meant.add(queueId << 16 | commandId);
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        if (queue.id() != 0 || queue.isExcused()) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(command);
        if (entry.opcode() == AdminOpcode.ABORT
                && !meant.contains(Abort.queueId(entry) << 16 | Abort.commandId(entry))) {
            broken(
                    "an Abort of a command that the host gives up on",
                    "one of CID %04Xh of submission queue %d"
                            .formatted(Abort.commandId(entry), Abort.queueId(entry)));
        }
    }
}
