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
    private int live; // timers that were not cancelled

    long now() {
        return now;
    }

    int timerCount() {
        return live;
    }

    long nextNumber() {
        return started++;
    }

    void start(VirtualTimer timer) {
        timers.add(timer);
        live++;
    }

    /** A cancelled timer stays until its time has come: taking it out would cost a search. */
    void cancelled() {
        live--;
    }

    /** Back to the beginning. */
    void rewind() {
        timers.clear();
        live = 0;
        now = 0;
        started = 0;
    }

    void advanceTo(long nanos) {
        now = Math.max(now, nanos);
    }

    /** Lets time pass, and fires on the way what is due. */
    void passTo(long nanos) {
        while (advanceToNextTimer(nanos)) {}
        advanceTo(nanos);
    }

    /** When the next timer is due, or {@link Long#MAX_VALUE}. */
    long nextDueNanos() {
        dropCancelled();
        VirtualTimer next = timers.peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos();
    }

    private void dropCancelled() {
        VirtualTimer next = timers.peek();
        while (next != null && next.isCancelled()) {
            timers.remove();
            next = timers.peek();
        }
    }

    /** Fires the next timer if it is due by then; false if none is. */
    boolean advanceToNextTimer(long endNanos) {
        dropCancelled();
        VirtualTimer next = timers.peek();
        if (next == null || next.dueNanos() > endNanos) {
            return false;
        }
        timers.remove();
        live--;
        advanceTo(next.dueNanos());
        next.fire();
        return true;
    }

    /** Runs what Pekko wants to be run on closing, and drops the rest. */
    void close() {
        while (!timers.isEmpty()) {
            timers.remove().close();
        }
        live = 0;
    }
}
