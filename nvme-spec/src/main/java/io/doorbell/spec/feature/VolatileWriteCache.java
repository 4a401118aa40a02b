package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 06h, Volatile Write Cache (Base 2.0 §5.27.1.4). */
public final class VolatileWriteCache {
    private static final BitField WCE = BitField.bit(0);

    private VolatileWriteCache() {}

    /** WCE: the cache is on. */
    public static boolean enabled(int value) {
        return WCE.isSet(value);
    }

    /** {@code value} with WCE replaced. */
    public static int withEnabled(int value, boolean enabled) {
        return WCE.set(value, enabled);
    }
}
