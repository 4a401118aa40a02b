package io.doorbell.simulation.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The clock of a world and its timers. Timers due at one instant fire in the order of starting. */
final class VirtualTime {
    private final PriorityQueue<VirtualTimer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(VirtualTimer::dueNanos)
                            .thenComparingLong(VirtualTimer::number));
    private long now;
    private long started;

    long now() {
        return now;
    }

    int timerCount() {
        return timers.size();
    }

    long nextNumber() {
        return started++;
    }

    void start(VirtualTimer timer) {
        timers.add(timer);
    }

    void forget(VirtualTimer timer) {
        timers.remove(timer);
    }

    void advanceTo(long nanos) {
        now = Math.max(now, nanos);
    }

    /** Fires the next timer if it is due by then; false if none is. */
    boolean advanceToNextTimer(long endNanos) {
        VirtualTimer next = timers.peek();
        if (next == null || next.dueNanos() > endNanos) {
            return false;
        }
        timers.remove();
        advanceTo(next.dueNanos());
        next.fire();
        return true;
    }

    /** Runs what Pekko wants to be run on closing, and drops the rest. */
    void close() {
        while (!timers.isEmpty()) {
            timers.remove().close();
        }
    }
}
