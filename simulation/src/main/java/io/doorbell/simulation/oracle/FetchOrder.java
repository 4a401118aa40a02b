package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.SubmissionQueueState;

/** I16: entries are fetched in the order of their slots. */
final class FetchOrder extends Oracle {
    FetchOrder(Oracle.Post post) {
        super(
                post,
                "I16",
                "A submission queue is fetched slot after slot.",
                "Base 2.0 §3.3.1.2, §3.4.1");
    }

    @Override
    public void fetchedAmiss(SubmissionQueueState queue, int slot) {
        if (slot != queue.head()) {
            broken(
                    "slot %d of submission queue %d".formatted(queue.head(), queue.id()),
                    "slot " + slot);
        }
    }
}
