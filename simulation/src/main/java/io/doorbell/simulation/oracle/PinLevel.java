package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.spec.Registers;

import java.util.BitSet;

/** I23: the pin says whether there is something to read. */
final class PinLevel extends Oracle {
    private static final long NEVER = -1;

    private boolean uncertain; // a queue that nobody can judge
    private long idleSinceNanos = NEVER; // asserted with nothing to read, whenever it was quiet

    PinLevel(Oracle.Post post) {
        super(
                post,
                "I23",
                "When nothing can run, the interrupt pin is asserted exactly if it may be and a queue with interrupts has unread completions.",
                "PCIe 1.0 §3.5.1");
    }

    @Override
    public void epochBegan() {
        idleSinceNanos = NEVER;
    }

    @Override
    public void posting(Posting posting) {
        if (posting.queue().signals()) {
            idleSinceNanos = NEVER;
        }
    }

    @Override
    public void registerWritten(long offsetBytes, int widthBytes, long value) {
        if (offsetBytes == Registers.INTMS || offsetBytes == Registers.INTMC) {
            idleSinceNanos = NEVER;
        }
    }

    @Override
    public void quiet(long untilNanos) {
        boolean asserted = model().interrupts().pinAsserted();
        if ((!asserted && !model().isPinOpen()) || !(model().isServing() || model().isIdle())) {
            idleSinceNanos = NEVER;
            return;
        }
        boolean due = model().isPinOpen() && hasUnread();
        if (!asserted || due) {
            idleSinceNanos = NEVER;
        } else if (idleSinceNanos == NEVER) {
            idleSinceNanos = model().nanos();
        }
        boolean over = isOverdue(untilNanos, settings().wakePatienceNanos());
        if (!uncertain && due != asserted && (over || isIdleForLong())) {
            broken(
                    "the pin " + (due ? "asserted" : "low"),
                    "the pin " + (due ? "low" : "asserted"));
        }
    }

    /** A host whose pin stays asserted looks again and again: its world is quiet for moments. */
    private boolean isIdleForLong() {
        return idleSinceNanos != NEVER
                && model().nanos() - idleSinceNanos >= settings().wakePatienceNanos()
                && !model().interrupts().isPinDoubtful()
                && !isAnyOverlooked();
    }

    private boolean isAnyOverlooked() {
        for (int id = 0; id < model().queueIdsEnd(); id++) {
            CompletionQueueState queue = model().completionQueue(id);
            if (queue != null && (queue.isExcused() || model().mayOverlook(queue))) {
                return true;
            }
        }
        return false;
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
