package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 02h, Power Management (Base 2.0 §5.27.1.2). */
public final class PowerManagement {
    private static final BitField PS = BitField.of(4, 0);
    private static final BitField WH = BitField.of(7, 5);

    private PowerManagement() {}

    /** PS: the power state, 0 to NPSS. */
    public static int powerState(int value) {
        return PS.get(value);
    }

    /** {@code value} with PS replaced. */
    public static int withPowerState(int value, int powerState) {
        return PS.set(value, powerState);
    }

    /** WH: the kind of workload to expect, 0 for none. */
    public static int workloadHint(int value) {
        return WH.get(value);
    }

    /** {@code value} with WH replaced. */
    public static int withWorkloadHint(int value, int workloadHint) {
        return WH.set(value, workloadHint);
    }
}
