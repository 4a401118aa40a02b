package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Abort;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** I28: what an Abort says is what happened. */
final class AbortConsistency extends Oracle {
    private final List<Target> wanted = new ArrayList<>(); // of Aborts being executed
    private final List<Target> ended = new ArrayList<>(); // with that status, and no Abort said so

    AbortConsistency(Oracle.Post post) {
        super(
                post,
                "I28",
                "An Abort that reports success ended its command with status Command Abort Requested, posted before; no other command ends with that status.",
                "Base 2.0 §5.1");
    }

    private record Target(int queueId, int commandId) {}

    @Override
    public void epochBegan() {
        wanted.clear();
        ended.clear();
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        SubmissionEntry entry = model().commands().entry(command);
        if (queue.id() == 0 && entry.opcode() == AdminOpcode.ABORT) {
            wanted.add(new Target(Abort.queueId(entry), Abort.commandId(entry)));
        }
    }

    @Override
    public void posting(Posting posting) {
        if (posting.command() == CommandTable.NONE) {
            return;
        }
        int status = Status.codeTypeAndCode(posting.status());
        if (status == Status.COMMAND_ABORT_REQUESTED) {
            targetEnded(posting, new Target(posting.sqId(), posting.commandId()));
        }
        SubmissionEntry entry = model().commands().entry(posting.command());
        if (posting.sqId() == 0 && entry.opcode() == AdminOpcode.ABORT) {
            Target target = new Target(Abort.queueId(entry), Abort.commandId(entry));
            if (posting.isSuccess() && !model().isExcused(0, posting.commandId())) {
                answered(posting, target);
            }
            wanted.remove(target);
        }
    }

    private void targetEnded(Posting posting, Target target) {
        SubmissionQueueState source = posting.source();
        boolean deleting = source != null && (source.isDeleting() || source.isExcused());
        if (!wanted.contains(target)
                && !deleting
                && !model().isExcused(target.queueId(), target.commandId())) {
            broken("this status only for a command that is to be aborted", posting.describe());
        }
        ended.add(target);
    }

    private void answered(Posting posting, Target target) {
        boolean success = (posting.dw0() & 1) == Abort.RESULT_ABORTED;
        boolean known = ended.contains(target);
        if (success && !known) {
            broken(
                    "a completion of the command with status Command Abort Requested first",
                    "success for CID %04Xh of submission queue %d"
                            .formatted(target.commandId(), target.queueId()));
        } else if (!success && known && Collections.frequency(wanted, target) == 1) {
            broken(
                    "success: the command was aborted",
                    "no success for CID %04Xh of submission queue %d"
                            .formatted(target.commandId(), target.queueId()));
        }
        if (success) {
            ended.remove(target);
        }
    }
}
