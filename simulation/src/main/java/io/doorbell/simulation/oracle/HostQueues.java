package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;

import java.util.HashSet;
import java.util.Set;

/** I21 for the host: it knows which queues there are. */
final class HostQueues extends Oracle {
    private final Set<Integer> deleted = new HashSet<>(); // doorbells of queues that are gone

    HostQueues(Oracle.Post post) {
        super(
                post,
                "I21",
                "The host deletes no queue whose creation it did not see succeed.",
                "Base 2.0 §5.6, §5.7");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    @Override
    public void epochBegan() {
        deleted.clear();
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        if (queue.id() == 0) {
            SubmissionEntry entry = model().commands().entry(command);
            switch (entry.opcode()) {
                case AdminOpcode.CREATE_IO_COMPLETION_QUEUE ->
                        deleted.remove(doorbell(false, CreateCompletionQueue.queueId(entry)));
                case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE ->
                        deleted.remove(doorbell(true, CreateSubmissionQueue.queueId(entry)));
                default -> {} // makes no queue
            }
        }
    }

    @Override
    public void posting(Posting posting) {
        if (posting.sqId() != 0 || posting.command() == CommandTable.NONE || !posting.isSuccess()) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(posting.command());
        switch (entry.opcode()) {
            case AdminOpcode.DELETE_IO_COMPLETION_QUEUE ->
                    deleted.add(doorbell(false, DeleteQueue.queueId(entry)));
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE ->
                    deleted.add(doorbell(true, DeleteQueue.queueId(entry)));
            default -> {} // takes no queue away
        }
    }

    private static int doorbell(boolean isSubmissionQueue, int queueId) {
        return isSubmissionQueue
                ? Doorbells.submissionTailIndex(queueId)
                : Doorbells.completionHeadIndex(queueId);
    }

    /** The controller did not know a queue; somebody else of the host may have deleted it. */
    void missing(boolean isSubmissionQueue, int queueId) {
        if (model().isServing() && !deleted.contains(doorbell(isSubmissionQueue, queueId))) {
            broken(
                    "Delete of a queue that was created",
                    "%s %d, which was not"
                            .formatted(
                                    isSubmissionQueue ? "submission queue" : "completion queue",
                                    queueId));
        }
    }
}
