package io.doorbell.controller;

import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;

/**
 * The registers below 1000h: what they read as and which bits a host can change (Base §3.1.3).
 * Decides nothing; {@link Controller} does.
 */
final class ControllerRegisters {
    private static final int QUEUE_SIZES_WRITABLE = 0x0FFF_0FFF;
    private static final int BASE_LOW_WRITABLE = 0xFFFF_F000;

    private final long capabilities;
    private final int version;
    private final int readyTimeouts;
    private int configuration;
    private int status;
    private int interruptMask;
    private boolean pinUsed = true;
    private int queueAttributes;
    private long submissionBase;
    private long completionBase;

    /**
     * @param capabilities CAP
     * @param version VS
     * @param readyTimeouts CRTO, 0 before version 2.0
     */
    ControllerRegisters(long capabilities, int version, int readyTimeouts) {
        this.capabilities = capabilities;
        this.version = version;
        this.readyTimeouts = readyTimeouts;
    }

    /** An aligned load of 4 or 8 bytes; any other reads 0, and so does what is not there. */
    long read(long offsetBytes, int widthBytes) {
        if (widthBytes < Integer.BYTES || offsetBytes % Integer.BYTES != 0) {
            return 0;
        }
        long low = Integer.toUnsignedLong(readDword((int) offsetBytes));
        return widthBytes == Integer.BYTES
                ? low
                : low | (long) readDword((int) offsetBytes + Integer.BYTES) << 32;
    }

    private int readDword(int offset) {
        return switch (offset) {
            case Registers.CAP -> (int) capabilities;
            case Registers.CAP + Registers.HIGH_HALF_OFFSET_BYTES -> (int) (capabilities >>> 32);
            case Registers.VS -> version;
            case Registers.INTMS, Registers.INTMC -> interruptMask;
            case Registers.CC -> configuration;
            case Registers.CSTS -> status;
            case Registers.AQA -> queueAttributes;
            case Registers.ASQ -> (int) submissionBase;
            case Registers.ASQ + Registers.HIGH_HALF_OFFSET_BYTES -> (int) (submissionBase >>> 32);
            case Registers.ACQ -> (int) completionBase;
            case Registers.ACQ + Registers.HIGH_HALF_OFFSET_BYTES -> (int) (completionBase >>> 32);
            case Registers.CRTO -> readyTimeouts;
            default -> 0;
        };
    }

    /**
     * A store of 4 bytes, or of 8 bytes into a register of 8. Anything else changes nothing: what
     * an odd access does is undefined (PCIe §3.1.2). CC is not written here.
     */
    void write(long offsetBytes, int widthBytes, long value) {
        int offset = (int) offsetBytes;
        if (offset % Integer.BYTES != 0) {
            return;
        }
        if (widthBytes == Integer.BYTES) {
            writeDword(offset, (int) value);
        } else if (widthBytes == Long.BYTES
                && (offset == Registers.ASQ || offset == Registers.ACQ)) {
            writeDword(offset, (int) value);
            writeDword(offset + Registers.HIGH_HALF_OFFSET_BYTES, (int) (value >>> 32));
        }
    }

    private void writeDword(int offset, int value) {
        switch (offset) {
            case Registers.CSTS -> clearSubsystemResetOccurred(value);
            case Registers.INTMS -> interruptMask |= pinUsed ? value : 0;
            case Registers.INTMC -> interruptMask &= pinUsed ? ~value : -1;
            case Registers.AQA, Registers.ASQ, Registers.ACQ -> writeAdminQueue(offset, value);
            case Registers.ASQ + Registers.HIGH_HALF_OFFSET_BYTES,
                    Registers.ACQ + Registers.HIGH_HALF_OFFSET_BYTES ->
                    writeAdminQueue(offset, value);
            default -> {}
        }
    }

    /** With MSI-X enabled, writes to INTMS and INTMC are ignored (Base §3.1.3.3, §3.1.3.4). */
    void setPinUsed(boolean used) {
        pinUsed = used;
    }

    /** Whether the host interrupts by pin. */
    boolean pinUsed() {
        return pinUsed;
    }

    /** INTMS bit 0: the pin is vector 0. */
    boolean pinMasked() {
        return (interruptMask & 1) != 0;
    }

    /** CSTS.NSSRO: writing 1 clears it; the rest of CSTS is ours (Base §3.1.3.6). */
    private void clearSubsystemResetOccurred(int value) {
        if ((value & ControllerStatus.CLEAR_SUBSYSTEM_RESET_OCCURRED) != 0) {
            status = ControllerStatus.withSubsystemResetOccurred(status, false);
        }
    }

    /** These may be changed only while CC.EN is 0 (Base §3.1.3.5); the latched values stay. */
    private void writeAdminQueue(int offset, int value) {
        if (ControllerConfiguration.enabled(configuration)) {
            return;
        }
        switch (offset) {
            case Registers.AQA -> queueAttributes = value & QUEUE_SIZES_WRITABLE;
            case Registers.ASQ ->
                    submissionBase = withLow(submissionBase, value & BASE_LOW_WRITABLE);
            case Registers.ACQ ->
                    completionBase = withLow(completionBase, value & BASE_LOW_WRITABLE);
            case Registers.ASQ + Registers.HIGH_HALF_OFFSET_BYTES ->
                    submissionBase = withHigh(submissionBase, value);
            default -> completionBase = withHigh(completionBase, value);
        }
    }

    private static long withLow(long base, int low) {
        return (base & 0xFFFF_FFFF_0000_0000L) | Integer.toUnsignedLong(low);
    }

    private static long withHigh(long base, int high) {
        return (base & 0xFFFF_FFFFL) | (long) high << 32;
    }

    int configuration() {
        return configuration;
    }

    /** Stores CC; reserved bits stay 0. */
    void setConfiguration(int value) {
        configuration = value & ControllerConfiguration.WRITABLE_MASK;
    }

    void setReady(boolean ready) {
        status = ControllerStatus.withReady(status, ready);
    }

    void setFatal() {
        status = ControllerStatus.withFatal(status, true);
    }

    void setShutdownStatus(int shutdownStatus) {
        status = ControllerStatus.withShutdownStatus(status, shutdownStatus);
    }

    int shutdownStatus() {
        return ControllerStatus.shutdownStatus(status);
    }

    /**
     * What a reset changes (Base §3.7): a controller reset keeps AQA, ASQ and ACQ. CC reads 0,
     * unless the host has enabled the controller again meanwhile.
     */
    void reset(ResetKind kind) {
        boolean occurred =
                kind == ResetKind.SUBSYSTEM || ControllerStatus.subsystemResetOccurred(status);
        status = ControllerStatus.withSubsystemResetOccurred(0, occurred);
        interruptMask = 0;
        if (!ControllerConfiguration.enabled(configuration)) {
            configuration = 0;
        }
        if (kind != ResetKind.CONTROLLER) {
            queueAttributes = 0;
            submissionBase = 0;
            completionBase = 0;
        }
    }

    long capabilities() {
        return capabilities;
    }

    int submissionEntries() {
        return AdminQueueAttributes.submissionQueueEntries(queueAttributes);
    }

    int completionEntries() {
        return AdminQueueAttributes.completionQueueEntries(queueAttributes);
    }

    long submissionBase() {
        return submissionBase;
    }

    long completionBase() {
        return completionBase;
    }

    /** True if CC, AQA, ASQ and ACQ describe something this controller can start. */
    boolean canEnable() {
        int pageSize = ControllerConfiguration.memoryPageSize(configuration);
        return submissionEntries() >= AdminQueueAttributes.ENTRIES_MIN
                && completionEntries() >= AdminQueueAttributes.ENTRIES_MIN
                && pageSize >= ControllerCapabilities.minimumPageSize(capabilities)
                && pageSize <= ControllerCapabilities.maximumPageSize(capabilities)
                && ControllerConfiguration.commandSetSelected(configuration)
                        == ControllerConfiguration.COMMAND_SET_NVM
                && offersArbitration(ControllerConfiguration.arbitrationMechanism(configuration))
                && isPageAligned(submissionBase)
                && isPageAligned(completionBase);
    }

    private boolean offersArbitration(int mechanism) {
        return switch (mechanism) {
            case ControllerConfiguration.ARBITRATION_ROUND_ROBIN -> true;
            case ControllerConfiguration.ARBITRATION_WEIGHTED_ROUND_ROBIN ->
                    (ControllerCapabilities.arbitrationMechanisms(capabilities)
                                    & ControllerCapabilities.ARBITRATION_WEIGHTED_ROUND_ROBIN)
                            != 0;
            default -> false;
        };
    }

    private boolean isPageAligned(long base) {
        return (base & (ControllerConfiguration.memoryPageSizeBytes(configuration) - 1)) == 0;
    }
}
