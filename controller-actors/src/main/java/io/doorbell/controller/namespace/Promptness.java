package io.doorbell.controller.namespace;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a disk answers at once, as those do whose blocks are in the page cache: who would only
 * wait for another thread then does better to do the work itself. One slow answer is enough to
 * leave the disk to workers for a while.
 *
 * <p>Threads: any.
 */
final class Promptness {
    /** A page cache takes microseconds, a thread that lost its core some milliseconds. */
    static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How long one slow answer counts. */
    static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier nanoTime;
    private volatile boolean slow;
    private volatile long slowAtNanos;

    /**
     * @param nanoTime in nanoseconds from any origin
     */
    Promptness(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The time now, for {@link #answered}. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** The disk has answered what was asked at this time. */
    void answered(long askedNanos) {
        long nowNanos = now();
        if (nowNanos - askedNanos > SLOW_NANOS) {
            slowAtNanos = nowNanos;
            slow = true;
        }
    }

    /** Whether it has answered promptly for a while. */
    boolean isPrompt() {
        if (slow && now() - slowAtNanos > REST_NANOS) {
            slow = false;
        }
        return !slow;
    }
}
