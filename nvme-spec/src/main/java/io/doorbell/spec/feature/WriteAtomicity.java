package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 0Ah, Write Atomicity Normal of the NVM command set (NVM 1.0 §4.1.3). */
public final class WriteAtomicity {
    private static final BitField DN = BitField.bit(0);

    private WriteAtomicity() {}

    /** DN: the host does not need AWUN and NAWUN, only AWUPF and NAWUPF. */
    public static boolean normalDisabled(int value) {
        return DN.isSet(value);
    }

    /** {@code value} with DN replaced. */
    public static int withNormalDisabled(int value, boolean normalDisabled) {
        return DN.set(value, normalDisabled);
    }
}
