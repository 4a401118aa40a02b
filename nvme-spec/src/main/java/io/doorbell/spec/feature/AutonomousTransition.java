package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** One qword of feature 0Ch: when a power state is left by itself (Base 2.0 §5.27.1). */
public final class AutonomousTransition {
    private static final BitField ITPS = BitField.of(7, 3);
    private static final BitField ITPT = BitField.of(31, 8);

    private AutonomousTransition() {}

    /** ITPS: the state to go to. */
    public static int targetPowerState(long entry) {
        return (int) ITPS.get(entry);
    }

    /** {@code entry} with ITPS replaced. */
    public static long withTargetPowerState(long entry, int targetPowerState) {
        return ITPS.set(entry, targetPowerState);
    }

    /** ITPT: idle time before going there, in ms; 0 for never. */
    public static int idleMillis(long entry) {
        return (int) ITPT.get(entry);
    }

    /** {@code entry} with ITPT replaced. */
    public static long withIdleMillis(long entry, int idleMillis) {
        return ITPT.set(entry, idleMillis);
    }
}
