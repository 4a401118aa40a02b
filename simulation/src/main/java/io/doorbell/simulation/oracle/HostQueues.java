package io.doorbell.simulation.oracle;

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
    private final Set<Integer> deleted =
            new HashSet<>(); // doorbells of queues that are gone, or going

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
        if (queue.id() != 0) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(command);
        switch (entry.opcode()) {
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE ->
                    deleted.remove(doorbell(false, CreateCompletionQueue.queueId(entry)));
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE ->
                    deleted.remove(doorbell(true, CreateSubmissionQueue.queueId(entry)));
            case AdminOpcode.DELETE_IO_COMPLETION_QUEUE -> {
                int id = DeleteQueue.queueId(entry);
                if (model().completionQueue(id) != null) {
                    deleted.add(doorbell(false, id));
                }
            }
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE -> {
                int id = DeleteQueue.queueId(entry);
                if (model().submissionQueue(id) != null) {
                    deleted.add(doorbell(true, id));
                }
            }
            default -> {} // has nothing to do with queues
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
