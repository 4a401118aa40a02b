package io.doorbell.spec;

/**
 * CSTS, Controller Status (Base 2.0 §3.1.3.6). Hosts read it to follow enable, shutdown and faults.
 */
public final class ControllerStatus {
    /** SHST: no shutdown. */
    public static final int SHUTDOWN_NORMAL_OPERATION = 0;

    /** SHST: shutting down. */
    public static final int SHUTDOWN_IN_PROGRESS = 1;

    /** SHST: done, power may go. */
    public static final int SHUTDOWN_COMPLETE = 2;

    /** What a host writes to clear NSSRO. */
    public static final int CLEAR_SUBSYSTEM_RESET_OCCURRED = 1 << 4;

    private static final BitField RDY = BitField.bit(0);
    private static final BitField CFS = BitField.bit(1);
    private static final BitField SHST = BitField.of(3, 2);
    private static final BitField NSSRO = BitField.bit(4);
    private static final BitField PP = BitField.bit(5);
    private static final BitField ST = BitField.bit(6);

    private ControllerStatus() {}

    /** RDY: commands may be submitted. */
    public static boolean ready(int status) {
        return RDY.isSet(status);
    }

    /** {@code status} with RDY replaced. */
    public static int withReady(int status, boolean ready) {
        return RDY.set(status, ready);
    }

    /** CFS: a fatal error that no completion can report; only a reset helps. */
    public static boolean fatal(int status) {
        return CFS.isSet(status);
    }

    /** {@code status} with CFS replaced. */
    public static int withFatal(int status, boolean fatal) {
        return CFS.set(status, fatal);
    }

    /** SHST: one of the {@code SHUTDOWN_} constants, or 3 (reserved). */
    public static int shutdownStatus(int status) {
        return SHST.get(status);
    }

    /** {@code status} with SHST replaced. */
    public static int withShutdownStatus(int status, int shutdownStatus) {
        return SHST.set(status, shutdownStatus);
    }

    /** NSSRO: an NVM Subsystem Reset happened. Writing 1 clears it. */
    public static boolean subsystemResetOccurred(int status) {
        return NSSRO.isSet(status);
    }

    /** {@code status} with NSSRO replaced. */
    public static int withSubsystemResetOccurred(int status, boolean subsystemResetOccurred) {
        return NSSRO.set(status, subsystemResetOccurred);
    }

    /** PP: command processing is paused, for example by a firmware activation. */
    public static boolean processingPaused(int status) {
        return PP.isSet(status);
    }

    /** {@code status} with PP replaced. */
    public static int withProcessingPaused(int status, boolean processingPaused) {
        return PP.set(status, processingPaused);
    }

    /** ST: 0 a controller shutdown, 1 an NVM subsystem shutdown. Says which one SHST reports. */
    public static int shutdownType(int status) {
        return ST.get(status);
    }

    /** {@code status} with ST replaced. */
    public static int withShutdownType(int status, int shutdownType) {
        return ST.set(status, shutdownType);
    }

    /** Whether every bit reads 1: the device is gone from the bus. */
    public static boolean isDeviceGone(int status) {
        return status == Registers.DEVICE_GONE;
    }
}
