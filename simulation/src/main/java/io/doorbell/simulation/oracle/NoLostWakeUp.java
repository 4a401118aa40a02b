package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.SubmissionQueueState;

import java.util.BitSet;

/** I10: work that was rung is fetched. */
final class NoLostWakeUp extends Oracle {
    NoLostWakeUp(Oracle.Post post) {
        super(
                post,
                "I10",
                "When nothing can run, no submission queue has rung entries that could be fetched.",
                "Base 2.0 §3.3.1.2, Annex B.5");
    }

    @Override
    public void quiet(long untilNanos) {
        if (!isOverdue(untilNanos, settings().wakePatienceNanos()) || !model().isServing()) {
            return;
        }
        BitSet restless = model().restlessSubmissionQueues();
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            SubmissionQueueState queue = model().submissionQueue(id);
            if (queue == null || queue.fetchable() == 0) {
                continue;
            }
            CompletionQueueState completion = model().completionQueue(queue.completionQueueId());
            if (completion != null
                    && !queue.isExcused()
                    && !queue.isDeleting()
                    && !model().mayOverlook(queue)
                    && !model().mayOverlook(completion)
                    && !completion.isExcused()
                    && !completion.wasFull()) {
                broken(
                        "submission queue %d fetched up to tail %d".formatted(id, queue.tail()),
                        "%d entries left from slot %d, and nobody will come for them"
                                .formatted(queue.fetchable(), queue.head()));
                return;
            }
        }
    }
}
