package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;

import java.util.BitSet;

/** I23: the pin says whether there is something to read. */
final class PinLevel extends Oracle {
    private boolean uncertain; // a queue that nobody can judge

    PinLevel(Oracle.Post post) {
        super(
                post,
                "I23",
                "When nothing can run, the interrupt pin is asserted exactly if it may be and a queue with interrupts has unread completions.",
                "PCIe 1.0 §3.5.1");
    }

    @Override
    public void quiet(long untilNanos) {
        boolean asserted = model().interrupts().pinAsserted();
        if (!isOverdue(untilNanos, settings().wakePatienceNanos())
                || (!asserted && !model().isPinOpen())
                || !(model().isServing() || model().isIdle())) {
            return;
        }
        boolean due = model().isPinOpen() && hasUnread();
        if (uncertain || due == asserted) {
            return;
        }
        broken("the pin " + (due ? "asserted" : "low"), "the pin " + (due ? "low" : "asserted"));
    }

    private boolean hasUnread() {
        uncertain = false;
        boolean unread = false;
        BitSet restless = model().restlessQueues();
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            CompletionQueueState queue = model().completionQueue(id);
            if (queue != null && queue.signals() && queue.unread() > 0) {
                unread = true;
                uncertain |= queue.isExcused();
            }
        }
        return unread;
    }
}
