package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 01h, Arbitration (Base 2.0 §5.27.1.1). */
public final class Arbitration {
    /** AB: no limit. */
    public static final int BURST_UNLIMITED = 7;

    private static final BitField AB = BitField.of(2, 0);
    private static final BitField LPW = BitField.of(15, 8);
    private static final BitField MPW = BitField.of(23, 16);
    private static final BitField HPW = BitField.of(31, 24);

    private Arbitration() {}

    /**
     * AB: log2 of the commands taken from a queue at a time; {@link #BURST_UNLIMITED} for no limit.
     */
    public static int burst(int value) {
        return AB.get(value);
    }

    /** {@code value} with AB replaced. */
    public static int withBurst(int value, int burst) {
        return AB.set(value, burst);
    }

    /** LPW: commands of low priority per round, counted from zero. */
    public static int lowPriorityWeightZeroBased(int value) {
        return LPW.get(value);
    }

    /** {@code value} with LPW replaced. */
    public static int withLowPriorityWeightZeroBased(int value, int lowPriorityWeightZeroBased) {
        return LPW.set(value, lowPriorityWeightZeroBased);
    }

    /** MPW: commands of medium priority per round, counted from zero. */
    public static int mediumPriorityWeightZeroBased(int value) {
        return MPW.get(value);
    }

    /** {@code value} with MPW replaced. */
    public static int withMediumPriorityWeightZeroBased(
            int value, int mediumPriorityWeightZeroBased) {
        return MPW.set(value, mediumPriorityWeightZeroBased);
    }

    /** HPW: commands of high priority per round, counted from zero. */
    public static int highPriorityWeightZeroBased(int value) {
        return HPW.get(value);
    }

    /** {@code value} with HPW replaced. */
    public static int withHighPriorityWeightZeroBased(int value, int highPriorityWeightZeroBased) {
        return HPW.set(value, highPriorityWeightZeroBased);
    }

    /**
     * Commands taken from a queue at a time: 1 to 64, or {@link Integer#MAX_VALUE} for no limit.
     */
    public static int burstCommands(int value) {
        int burst = burst(value);
        return burst == BURST_UNLIMITED ? Integer.MAX_VALUE : 1 << burst;
    }
}
