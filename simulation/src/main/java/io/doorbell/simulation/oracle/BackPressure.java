package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.SubmissionQueueState;

import java.util.BitSet;

/** I11: room in a completion queue is used. */
final class BackPressure extends Oracle {
    BackPressure(Oracle.Post post) {
        super(
                post,
                "I11",
                "When nothing can run, no command waits for room in a completion queue that has room again.",
                "Base 2.0 §3.3.1.2");
    }

    @Override
    public void quiet(long untilNanos) {
        if (!isOverdue(untilNanos, settings().wakePatienceNanos()) || !model().isServing()) {
            return;
        }
        boolean commandsOwed = isOverdue(untilNanos, settings().commandPatienceNanos());
        BitSet restless = model().restlessSubmissionQueues();
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            SubmissionQueueState queue = model().submissionQueue(id);
            if (queue != null
                    && !queue.isExcused()
                    && !queue.isDeleting()
                    && !model().mayOverlook(queue)) {
                check(queue, commandsOwed);
            }
        }
    }

    private void check(SubmissionQueueState queue, boolean commandsOwed) {
        CompletionQueueState completion = model().completionQueue(queue.completionQueueId());
        if (completion == null
                || completion.isExcused()
                || model().mayOverlook(completion)
                || completion.isFull()
                || !completion.wasFull()) {
            return;
        }
        if (queue.fetchable() > 0) {
            broken(
                    "fetching goes on: completion queue %d has room".formatted(completion.id()),
                    "%d entries left in submission queue %d"
                            .formatted(queue.fetchable(), queue.id()));
        } else if (commandsOwed && queue.id() != 0 && model().owed(queue) > 0) {
            broken(
                    "completions posted: completion queue %d has room".formatted(completion.id()),
                    "%d commands of submission queue %d not answered"
                            .formatted(model().owed(queue), queue.id()));
        }
    }
}
