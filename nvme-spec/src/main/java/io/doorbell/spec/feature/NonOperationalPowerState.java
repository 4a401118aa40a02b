package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 11h, Non-Operational Power State Config (Base 2.0 §5.27.1). */
public final class NonOperationalPowerState {
    private static final BitField NOPPME = BitField.bit(0);

    private NonOperationalPowerState() {}

    /** NOPPME: background work may exceed the power of a non-operational state. */
    public static boolean permissive(int value) {
        return NOPPME.isSet(value);
    }

    /** {@code value} with NOPPME replaced. */
    public static int withPermissive(int value, boolean permissive) {
        return NOPPME.set(value, permissive);
    }
}
