package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/**
 * Feature 0Ch, Autonomous Power State Transition (Base 2.0 §5.27.1). The data is one qword for each
 * of the 32 power states.
 */
public final class AutonomousPowerStateTransition {
    private static final BitField APSTE = BitField.bit(0);

    private AutonomousPowerStateTransition() {}

    /** APSTE: the controller changes power states by itself. */
    public static boolean enabled(int value) {
        return APSTE.isSet(value);
    }

    /** {@code value} with APSTE replaced. */
    public static int withEnabled(int value, boolean enabled) {
        return APSTE.set(value, enabled);
    }
}
