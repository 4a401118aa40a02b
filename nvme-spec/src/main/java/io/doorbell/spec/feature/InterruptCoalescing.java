package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/**
 * Feature 08h, Interrupt Coalescing (Base 2.0 §5.27.1.6). Nothing is coalesced while either field
 * is 0.
 */
public final class InterruptCoalescing {
    /** Unit of TIME. */
    public static final long TIME_UNIT_NANOS = 100_000;

    private static final BitField THR = BitField.of(7, 0);
    private static final BitField TIME = BitField.of(15, 8);

    private InterruptCoalescing() {}

    /** THR: entries to aggregate before signalling, counted from zero. */
    public static int thresholdZeroBased(int value) {
        return THR.get(value);
    }

    /** {@code value} with THR replaced. */
    public static int withThresholdZeroBased(int value, int thresholdZeroBased) {
        return THR.set(value, thresholdZeroBased);
    }

    /** TIME: longest delay of a signal, in units of 100 µs. */
    public static int time(int value) {
        return TIME.get(value);
    }

    /** {@code value} with TIME replaced. */
    public static int withTime(int value, int time) {
        return TIME.set(value, time);
    }

    /** Longest delay of a signal, 0 to 25.5 ms. */
    public static long timeNanos(int value) {
        return time(value) * TIME_UNIT_NANOS;
    }
}
