package io.doorbell.spec;

/** CC, Controller Configuration (Base 2.0 §3.1.3.5). All bits reset to 0. */
public final class ControllerConfiguration {
    /** CSS: the NVM command set. */
    public static final int COMMAND_SET_NVM = 0;

    /** CSS: every I/O command set that CAP.CSS bit 6 announces. */
    public static final int COMMAND_SET_ALL_SUPPORTED = 6;

    /** CSS: admin commands only. */
    public static final int COMMAND_SET_ADMIN_ONLY = 7;

    /** AMS: round robin. */
    public static final int ARBITRATION_ROUND_ROBIN = 0;

    /** AMS: weighted round robin with urgent class. */
    public static final int ARBITRATION_WEIGHTED_ROUND_ROBIN = 1;

    /** AMS: vendor specific. */
    public static final int ARBITRATION_VENDOR = 7;

    /** SHN: no shutdown asked for. */
    public static final int SHUTDOWN_NONE = 0;

    /** SHN: normal shutdown. */
    public static final int SHUTDOWN_NORMAL = 1;

    /** SHN: abrupt shutdown, power is about to go. */
    public static final int SHUTDOWN_ABRUPT = 2;

    /** IOSQES of a 64-byte submission entry. */
    public static final int IO_SUBMISSION_ENTRY_SIZE_LOG2 = 6;

    /** IOCQES of a 16-byte completion entry. */
    public static final int IO_COMPLETION_ENTRY_SIZE_LOG2 = 4;

    /** The bits a host can write when CAP.CRMS is not 11b; CRIME is one more when it is. */
    public static final int WRITABLE_MASK = 0x00FF_FFF1;

    private static final BitField EN = BitField.bit(0);
    private static final BitField CSS = BitField.of(6, 4);
    private static final BitField MPS = BitField.of(10, 7);
    private static final BitField AMS = BitField.of(13, 11);
    private static final BitField SHN = BitField.of(15, 14);
    private static final BitField IOSQES = BitField.of(19, 16);
    private static final BitField IOCQES = BitField.of(23, 20);
    private static final BitField CRIME = BitField.bit(24);

    private ControllerConfiguration() {}

    /** EN: 0 to 1 enables the controller, 1 to 0 resets it. */
    public static boolean enabled(int configuration) {
        return EN.isSet(configuration);
    }

    /** {@code configuration} with EN replaced. */
    public static int withEnabled(int configuration, boolean enabled) {
        return EN.set(configuration, enabled);
    }

    /** CSS: one of the {@code COMMAND_SET_} constants. Changes only while EN is 0. */
    public static int commandSetSelected(int configuration) {
        return CSS.get(configuration);
    }

    /** {@code configuration} with CSS replaced. */
    public static int withCommandSetSelected(int configuration, int commandSetSelected) {
        return CSS.set(configuration, commandSetSelected);
    }

    /** MPS: a memory page is 2^(12 + value) bytes. Changes only while EN is 0. */
    public static int memoryPageSize(int configuration) {
        return MPS.get(configuration);
    }

    /** {@code configuration} with MPS replaced. */
    public static int withMemoryPageSize(int configuration, int memoryPageSize) {
        return MPS.set(configuration, memoryPageSize);
    }

    /** AMS: one of the {@code ARBITRATION_} constants. Changes only while EN is 0. */
    public static int arbitrationMechanism(int configuration) {
        return AMS.get(configuration);
    }

    /** {@code configuration} with AMS replaced. */
    public static int withArbitrationMechanism(int configuration, int arbitrationMechanism) {
        return AMS.set(configuration, arbitrationMechanism);
    }

    /** SHN: one of the {@code SHUTDOWN_} constants, or 3 (reserved). */
    public static int shutdownNotification(int configuration) {
        return SHN.get(configuration);
    }

    /** {@code configuration} with SHN replaced. */
    public static int withShutdownNotification(int configuration, int shutdownNotification) {
        return SHN.set(configuration, shutdownNotification);
    }

    /** IOSQES: log2 of the I/O submission entry size; only 6 is useful. */
    public static int ioSubmissionEntrySizeLog2(int configuration) {
        return IOSQES.get(configuration);
    }

    /** {@code configuration} with IOSQES replaced. */
    public static int withIoSubmissionEntrySizeLog2(
            int configuration, int ioSubmissionEntrySizeLog2) {
        return IOSQES.set(configuration, ioSubmissionEntrySizeLog2);
    }

    /** IOCQES: log2 of the I/O completion entry size; only 4 is useful. */
    public static int ioCompletionEntrySizeLog2(int configuration) {
        return IOCQES.get(configuration);
    }

    /** {@code configuration} with IOCQES replaced. */
    public static int withIoCompletionEntrySizeLog2(
            int configuration, int ioCompletionEntrySizeLog2) {
        return IOCQES.set(configuration, ioCompletionEntrySizeLog2);
    }

    /** CRIME: be ready without waiting for media. Writable only if CAP.CRMS is 11b. */
    public static boolean readyIndependentOfMedia(int configuration) {
        return CRIME.isSet(configuration);
    }

    /** {@code configuration} with CRIME replaced. */
    public static int withReadyIndependentOfMedia(
            int configuration, boolean readyIndependentOfMedia) {
        return CRIME.set(configuration, readyIndependentOfMedia);
    }

    /** Size of a memory page, 4 KiB to 128 MiB. */
    public static int memoryPageSizeBytes(int configuration) {
        return 1 << (12 + memoryPageSize(configuration));
    }
}
