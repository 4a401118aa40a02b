package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 10h, Host Controlled Thermal Management (Base 2.0 §5.27.1). */
public final class HostControlledThermalManagement {
    private static final BitField TMT2 = BitField.of(15, 0);
    private static final BitField TMT1 = BitField.of(31, 16);

    private HostControlledThermalManagement() {}

    /** TMT2: throttle hard at or above this, in K; 0 for never. */
    public static int temperature2Kelvin(int value) {
        return TMT2.get(value);
    }

    /** {@code value} with TMT2 replaced. */
    public static int withTemperature2Kelvin(int value, int temperature2Kelvin) {
        return TMT2.set(value, temperature2Kelvin);
    }

    /** TMT1: throttle gently at or above this, in K, less than TMT2; 0 for never. */
    public static int temperature1Kelvin(int value) {
        return TMT1.get(value);
    }

    /** {@code value} with TMT1 replaced. */
    public static int withTemperature1Kelvin(int value, int temperature1Kelvin) {
        return TMT1.set(value, temperature1Kelvin);
    }
}
