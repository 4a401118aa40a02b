package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/**
 * Feature 0Dh, Host Memory Buffer (Base 2.0 §5.27.1): CDW11. The size is in CDW12 in memory pages,
 * the descriptor list address in CDW13 and CDW14, the descriptor count in CDW15.
 */
public final class HostMemoryBuffer {
    private static final BitField EHM = BitField.bit(0);
    private static final BitField MR = BitField.bit(1);

    private HostMemoryBuffer() {}

    /** EHM: the controller may use the buffer. */
    public static boolean enabled(int value) {
        return EHM.isSet(value);
    }

    /** {@code value} with EHM replaced. */
    public static int withEnabled(int value, boolean enabled) {
        return EHM.set(value, enabled);
    }

    /** MR: the host returns memory the controller used before, unchanged. */
    public static boolean memoryReturn(int value) {
        return MR.isSet(value);
    }

    /** {@code value} with MR replaced. */
    public static int withMemoryReturn(int value, boolean memoryReturn) {
        return MR.set(value, memoryReturn);
    }
}
