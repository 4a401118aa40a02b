package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 81h, Host Identifier (Base 2.0 §5.27.1). The data is the identifier. */
public final class HostIdentifier {
    private static final BitField EXHID = BitField.bit(0);

    private HostIdentifier() {}

    /** EXHID: the identifier has 16 rather than 8 bytes. */
    public static boolean extended(int value) {
        return EXHID.isSet(value);
    }

    /** {@code value} with EXHID replaced. */
    public static int withExtended(int value, boolean extended) {
        return EXHID.set(value, extended);
    }
}
