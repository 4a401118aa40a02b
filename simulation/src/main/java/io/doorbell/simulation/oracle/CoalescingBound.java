package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.InterruptState;

import java.util.BitSet;

/** I27: coalescing delays an interrupt so far and no further. */
final class CoalescingBound extends Oracle {
    CoalescingBound(Oracle.Post post) {
        super(
                post,
                "I27",
                "A coalesced interrupt comes when THR is reached or TIME has passed since the first completion it tells of.",
                "Base 2.0 §5.27.1.6");
    }

    @Override
    public void quiet(long untilNanos) {
        if (!model().isServing()) {
            return;
        }
        BitSet restless = model().restlessQueues();
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            CompletionQueueState queue = model().completionQueue(id);
            if (queue != null && isWithheld(queue)) {
                check(queue, untilNanos);
            }
        }
    }

    private boolean isWithheld(CompletionQueueState queue) {
        InterruptState interrupts = model().interrupts();
        int vector = queue.vector();
        return queue.signals()
                && !queue.isExcused()
                && queue.unread() > 0
                && model().isOpen(vector)
                && !interrupts.isExcused(vector)
                && queue.lastPost() > interrupts.sentThrough(vector)
                && interrupts.mayCoalesce(vector);
    }

    private void check(CompletionQueueState queue, long untilNanos) {
        InterruptState interrupts = model().interrupts();
        int vector = queue.vector();
        long deadline =
                interrupts.withheldSince(vector)
                        + interrupts.timeNanos()
                        + settings().coalescingSlackNanos();
        if (interrupts.withheld(vector) >= interrupts.threshold()) {
            broken(
                    "an interrupt of vector %d for every %d completions"
                            .formatted(vector, interrupts.threshold()),
                    "%d withheld".formatted(interrupts.withheld(vector)));
        } else if (untilNanos > deadline) {
            broken(
                    "an interrupt of vector %d by %,d ns".formatted(vector, deadline),
                    "%d completions withheld since %,d ns, and no timer before %,d ns"
                            .formatted(
                                    interrupts.withheld(vector),
                                    interrupts.withheldSince(vector),
                                    untilNanos));
        }
    }
}
