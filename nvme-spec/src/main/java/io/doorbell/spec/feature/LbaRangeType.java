package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/**
 * Feature 03h, LBA Range Type of the NVM command set (NVM 1.0 §4.1.3). The data is a page of
 * 64-byte ranges.
 */
public final class LbaRangeType {
    private static final BitField NUM = BitField.of(5, 0);

    private LbaRangeType() {}

    /** NUM: ranges in the data, counted from zero. */
    public static int rangeCountZeroBased(int value) {
        return NUM.get(value);
    }

    /** {@code value} with NUM replaced. */
    public static int withRangeCountZeroBased(int value, int rangeCountZeroBased) {
        return NUM.set(value, rangeCountZeroBased);
    }
}
