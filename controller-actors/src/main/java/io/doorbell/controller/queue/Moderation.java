package io.doorbell.controller.queue;

import java.util.function.LongSupplier;

/**
 * How long a message may wait for more entries, for a host to which an interrupt costs more than a
 * command: one with an emulated processor. Such a host shows by taking several entries at a time,
 * and by the time between them. A message waits about as long as one more entry takes to come,
 * never longer than {@link #WAIT_NANOS_MAX}; for a host that is so fast that a timer would be late,
 * or so slow that nothing more would come, it does not wait at all.
 *
 * <p>The host's own Interrupt Coalescing (Base §5.27.1.6) goes first where it is on.
 */
final class Moderation {
    /** A timer is no sooner. */
    static final long WAIT_NANOS_MIN = 20_000;

    /** Longest wait; with more time between entries there is none. */
    static final long WAIT_NANOS_MAX = 200_000;

    /** Messages wait if they tell of more entries than this, on average. */
    static final double ENTRIES_MIN = 2;

    private static final double GAP_NANOS_MAX = 1e6; // a pause is no gap
    private static final double GAP_WEIGHT = 1.0 / 16;
    private static final double ENTRIES_WEIGHT = 1.0 / 8;

    private final LongSupplier nanoTime;
    private long lastNanos;
    private double gapNanos = GAP_NANOS_MAX;
    private double entriesEach;

    /**
     * @param nanoTime in nanoseconds from any origin
     */
    Moderation(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    /** How long a message may wait from now on; 0: it is due. */
    long waitNanos() {
        boolean worthIt =
                entriesEach > ENTRIES_MIN
                        && gapNanos >= WAIT_NANOS_MIN
                        && gapNanos <= WAIT_NANOS_MAX;
        return worthIt ? (long) gapNanos : 0;
    }

    /** A message leaves that tells of so many entries. */
    void told(int entries) {
        long now = nanoTime.getAsLong();
        double gap = Math.min((double) (now - lastNanos) / Math.max(1, entries), GAP_NANOS_MAX);
        lastNanos = now;
        gapNanos += (gap - gapNanos) * GAP_WEIGHT;
        entriesEach += (entries - entriesEach) * ENTRIES_WEIGHT;
    }
}
