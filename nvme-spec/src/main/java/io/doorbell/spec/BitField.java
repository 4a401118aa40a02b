package io.doorbell.spec;

/**
 * Where a field sits inside a register or dword, written as the specification does: {@code of(10,
 * 7)} is bits 10:07.
 *
 * @param highBit the most significant bit, at most 63
 * @param lowBit the least significant bit, at most {@code highBit}
 */
public record BitField(int highBit, int lowBit) {
    public BitField {
        if (lowBit < 0 || highBit < lowBit || highBit > 63) {
            throw new IllegalArgumentException(
                    "Bits %d:%d are no field; need 63 >= high >= low >= 0."
                            .formatted(highBit, lowBit));
        }
    }

    /** Bits {@code highBit:lowBit}, both included. */
    public static BitField of(int highBit, int lowBit) {
        return new BitField(highBit, lowBit);
    }

    /** A single bit. */
    public static BitField bit(int bit) {
        return new BitField(bit, bit);
    }

    /** The field's value, shifted down to bit 0. */
    public int get(int word) {
        return (word >>> lowBit) & (int) valueMask();
    }

    /** The field's value, shifted down to bit 0. */
    public long get(long word) {
        return (word >>> lowBit) & valueMask();
    }

    /** Whether any bit of the field is 1. */
    public boolean isSet(int word) {
        return get(word) != 0;
    }

    /** Whether any bit of the field is 1. */
    public boolean isSet(long word) {
        return get(word) != 0;
    }

    /**
     * {@code word} with this field replaced.
     *
     * @throws IllegalArgumentException if {@code value} does not fit
     */
    public int set(int word, int value) {
        check(Integer.toUnsignedLong(value));
        return (word & ~((int) valueMask() << lowBit)) | (value << lowBit);
    }

    /**
     * {@code word} with this field replaced.
     *
     * @throws IllegalArgumentException if {@code value} does not fit
     */
    public long set(long word, long value) {
        check(value);
        return (word & ~(valueMask() << lowBit)) | (value << lowBit);
    }

    /** {@code word} with this one-bit field set or cleared. */
    public int set(int word, boolean value) {
        return set(word, value ? 1 : 0);
    }

    /** {@code word} with this one-bit field set or cleared. */
    public long set(long word, boolean value) {
        return set(word, value ? 1L : 0L);
    }

    private long valueMask() {
        return -1L >>> (63 - (highBit - lowBit));
    }

    private void check(long value) {
        if ((value & ~valueMask()) != 0) {
            throw new IllegalArgumentException(
                    "%s does not fit bits %d:%d, which hold 0 to %s."
                            .formatted(
                                    Long.toUnsignedString(value),
                                    highBit,
                                    lowBit,
                                    Long.toUnsignedString(valueMask())));
        }
    }
}
