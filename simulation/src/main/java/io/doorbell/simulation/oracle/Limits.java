package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;

/** I30: what the controller announces is what it takes. */
final class Limits extends Oracle {
    Limits(Oracle.Post post) {
        super(
                post,
                "I30",
                "No command succeeds that exceeds MDTS, CAP.MQES, the vectors or the number of queues.",
                "Base 2.0 §3.1.3.1, §5.17.2.1, §5.27.1.5");
    }

    @Override
    public void posting(Posting posting) {
        int command = posting.command();
        if (command == CommandTable.NONE
                || !posting.isSuccess()
                || model().isExcused(posting.sqId(), posting.commandId())) {
            return;
        }
        if (model().commands().isOversized(command)) {
            broken("an error: the transfer exceeds MDTS", posting.describe());
        } else if (posting.sqId() == 0) {
            queues(model().commands().entry(command));
        }
    }

    private void queues(SubmissionEntry entry) {
        switch (entry.opcode()) {
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE -> {
                entries(CreateCompletionQueue.entryCount(entry));
                queueId(CreateCompletionQueue.queueId(entry), model().completionQueuesMax());
                int vector = CreateCompletionQueue.interruptVector(entry);
                if (CreateCompletionQueue.interruptsEnabled(entry)
                        && vector >= model().facts().vectors()) {
                    broken("an error: there is no such vector", "success with vector " + vector);
                }
            }
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE -> {
                entries(CreateSubmissionQueue.entryCount(entry));
                queueId(CreateSubmissionQueue.queueId(entry), model().submissionQueuesMax());
            }
            default -> {} // has no such limit
        }
    }

    private void entries(int count) {
        int max = model().facts().queueEntriesMax();
        if (count < 2 || count > max) {
            broken("a queue of 2 to %d entries".formatted(max), "one of " + count);
        }
    }

    private void queueId(int id, int allocated) {
        int max = Math.min(allocated, model().facts().queuePairs());
        if (id > max) {
            broken("a queue id of at most " + max, "queue " + id);
        }
    }
}
