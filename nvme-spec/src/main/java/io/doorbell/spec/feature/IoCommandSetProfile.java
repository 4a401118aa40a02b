package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 19h, I/O Command Set Profile (Base 2.0 §5.27.1). */
public final class IoCommandSetProfile {
    private static final BitField IOCSCI = BitField.of(8, 0);

    private IoCommandSetProfile() {}

    /** IOCSCI: index into the I/O Command Set combinations of Identify CNS 1Ch. */
    public static int combinationIndex(int value) {
        return IOCSCI.get(value);
    }

    /** {@code value} with IOCSCI replaced. */
    public static int withCombinationIndex(int value, int combinationIndex) {
        return IOCSCI.set(value, combinationIndex);
    }
}
