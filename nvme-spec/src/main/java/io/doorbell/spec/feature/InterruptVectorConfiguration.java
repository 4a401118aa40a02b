package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/**
 * Feature 09h, Interrupt Vector Configuration (Base 2.0 §5.27.1.7). Get Features takes IV from
 * CDW11.
 */
public final class InterruptVectorConfiguration {
    private static final BitField IV = BitField.of(15, 0);
    private static final BitField CD = BitField.bit(16);

    private InterruptVectorConfiguration() {}

    /** IV: the vector. */
    public static int vector(int value) {
        return IV.get(value);
    }

    /** {@code value} with IV replaced. */
    public static int withVector(int value, int vector) {
        return IV.set(value, vector);
    }

    /** CD: Interrupt Coalescing does not apply to the vector. */
    public static boolean coalescingDisabled(int value) {
        return CD.isSet(value);
    }

    /** {@code value} with CD replaced. */
    public static int withCoalescingDisabled(int value, boolean coalescingDisabled) {
        return CD.set(value, coalescingDisabled);
    }
}
