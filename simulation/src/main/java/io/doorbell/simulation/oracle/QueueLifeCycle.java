package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;

import java.util.BitSet;

/** I21: queues are made and unmade in order. */
final class QueueLifeCycle extends Oracle {
    private final BitSet deleted = new BitSet(); // submission queues of this epoch

    QueueLifeCycle(Oracle.Post post) {
        super(
                post,
                "I21",
                "Queues are created where none is, deleted where one is and nothing depends on it, and a deleted queue is heard of no more.",
                "Base 2.0 §5.4 to §5.7");
    }

    @Override
    public void epochBegan() {
        deleted.clear();
    }

    @Override
    public void posting(Posting posting) {
        if (posting.source() == null
                && deleted.get(posting.sqId())
                && !posting.queue().isExcused()) {
            broken(
                    "nothing of submission queue %d, which was deleted".formatted(posting.sqId()),
                    posting.describe());
            return;
        }
        boolean isAdmin = posting.sqId() == 0 && posting.command() != CommandTable.NONE;
        if (isAdmin && posting.isSuccess() && !model().isExcused(0, posting.commandId())) {
            succeeded(model().commands().entry(posting.command()));
        }
    }

    /** A fault may have taken the completion of a Delete, which was executed all the same. */
    private void succeeded(SubmissionEntry entry) {
        switch (entry.opcode()) {
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE -> {
                int id = CreateCompletionQueue.queueId(entry);
                if (id == 0 || model().completionQueue(id) != null) {
                    broken("an error: completion queue %d exists".formatted(id), "success");
                }
            }
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE -> created(entry);
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE -> {
                int id = DeleteQueue.queueId(entry);
                if (id == 0 || model().submissionQueue(id) == null) {
                    broken("an error: there is no submission queue " + id, "success");
                }
                deleted.set(id);
            }
            case AdminOpcode.DELETE_IO_COMPLETION_QUEUE -> {
                int id = DeleteQueue.queueId(entry);
                CompletionQueueState queue = model().completionQueue(id);
                if (id == 0 || queue == null) {
                    broken("an error: there is no completion queue " + id, "success");
                } else if (queue.submissionQueues() > 0 && !model().excusesCommands()) {
                    broken(
                            "an error: %d submission queues complete on it"
                                    .formatted(queue.submissionQueues()),
                            "completion queue %d was deleted".formatted(id));
                }
            }
            default -> {} // has nothing to do with queues
        }
    }

    private void created(SubmissionEntry entry) {
        int id = CreateSubmissionQueue.queueId(entry);
        int completionQueueId = CreateSubmissionQueue.completionQueueId(entry);
        if (id == 0 || model().submissionQueue(id) != null) {
            broken("an error: submission queue %d exists".formatted(id), "success");
        } else if (completionQueueId == 0 || model().completionQueue(completionQueueId) == null) {
            broken("an error: there is no completion queue " + completionQueueId, "success");
        }
        deleted.clear(id);
    }
}
