package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;

/** I05: a completion waits until there is room for it. */
final class NoOverwrite extends Oracle {
    NoOverwrite(Oracle.Post post) {
        super(
                post,
                "I05",
                "No completion is posted over one that the host has not consumed.",
                "Base 2.0 §3.3.1.2");
    }

    @Override
    public void posting(Posting posting) {
        CompletionQueueState queue = posting.queue();
        if (queue.isFull() && !queue.isExcused()) {
            broken(
                    "a free slot: head %d, tail %d of %d"
                            .formatted(queue.head(), queue.tail(), queue.entryCount()),
                    posting.describe());
        }
    }

    @Override
    public void storedOverEntry(CompletionQueueState queue, int slot) {
        broken(
                "a store into slot %d of completion queue %d".formatted(queue.tail(), queue.id()),
                "a store into slot " + slot);
    }
}
