package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.InterruptState;

import java.util.BitSet;

/** I12: the host is told of what it has not seen. */
final class InterruptLiveness extends Oracle {
    InterruptLiveness(Oracle.Post post) {
        super(
                post,
                "I12",
                "When nothing can run, an interrupt was delivered after every unread completion of a queue with interrupts on an open vector.",
                "PCIe 1.0 §3.5, Base 2.0 §3.3.1.2");
    }

    @Override
    public void quiet(long untilNanos) {
        if (!isOverdue(untilNanos, settings().wakePatienceNanos()) || !model().isServing()) {
            return;
        }
        BitSet restless = model().restlessQueues();
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            CompletionQueueState queue = model().completionQueue(id);
            if (queue != null && isOwed(queue, untilNanos)) {
                broken(
                        "an interrupt of vector %d after the last completion"
                                .formatted(queue.vector()),
                        "%d unread entries in completion queue %d, and no message %s since"
                                .formatted(
                                        queue.unread(), id, isSent(queue) ? "delivered" : "sent"));
                return;
            }
        }
    }

    private boolean isSent(CompletionQueueState queue) {
        return queue.lastPost() <= model().interrupts().sentThrough(queue.vector());
    }

    private boolean isOwed(CompletionQueueState queue, long untilNanos) {
        InterruptState interrupts = model().interrupts();
        int vector = queue.vector();
        if (!queue.signals()
                || queue.isExcused()
                || queue.unread() == 0
                || !model().isOpen(vector)
                || interrupts.isExcused(vector)
                || queue.lastPost() <= interrupts.deliveredThrough(vector)) {
            return false;
        }
        return isSent(queue) ? untilNanos == Long.MAX_VALUE : !interrupts.mayCoalesce(vector);
    }
}
