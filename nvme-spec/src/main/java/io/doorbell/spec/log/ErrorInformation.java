package io.doorbell.spec.log;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/**
 * A window on one entry of log page 01h, Error Information (Base 2.0 §5.16.1.2). The newest entry
 * comes first; unused entries are all zeros.
 */
public final class ErrorInformation {
    public static final int SIZE_BYTES = 64;

    /** SQID, CID and parameter location of an error that no command caused. */
    public static final int NOT_A_COMMAND = 0xFFFF;

    public static final int ERROR_COUNT_OFFSET_BYTES = 0;
    public static final int SQID_OFFSET_BYTES = 8;
    public static final int CID_OFFSET_BYTES = 10;
    public static final int STATUS_WORD_OFFSET_BYTES = 12;
    public static final int PARAMETER_LOCATION_OFFSET_BYTES = 14;
    public static final int LBA_OFFSET_BYTES = 16;
    public static final int NSID_OFFSET_BYTES = 24;
    public static final int VENDOR_LOG_PAGE_OFFSET_BYTES = 28;
    public static final int TRTYPE_OFFSET_BYTES = 29;
    public static final int COMMAND_SPECIFIC_OFFSET_BYTES = 32;
    public static final int TRANSPORT_SPECIFIC_OFFSET_BYTES = 40;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public ErrorInformation wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public ErrorInformation clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Number of this error, from 1, over the controller's life; 0 marks an unused entry. */
    public long errorCount() {
        return LittleEndian.u64(memory, offsetBytes + ERROR_COUNT_OFFSET_BYTES);
    }

    /** Sets ERROR_COUNT. */
    public ErrorInformation errorCount(long errorCount) {
        LittleEndian.u64(memory, offsetBytes + ERROR_COUNT_OFFSET_BYTES, errorCount);
        return this;
    }

    /** The command's submission queue, or {@link #NOT_A_COMMAND}. */
    public int submissionQueueId() {
        return LittleEndian.u16(memory, offsetBytes + SQID_OFFSET_BYTES);
    }

    /** Sets SQID. */
    public ErrorInformation submissionQueueId(int submissionQueueId) {
        LittleEndian.u16(memory, offsetBytes + SQID_OFFSET_BYTES, submissionQueueId);
        return this;
    }

    /** The command's identifier, or {@link #NOT_A_COMMAND}. */
    public int commandId() {
        return LittleEndian.u16(memory, offsetBytes + CID_OFFSET_BYTES);
    }

    /** Sets CID. */
    public ErrorInformation commandId(int commandId) {
        LittleEndian.u16(memory, offsetBytes + CID_OFFSET_BYTES, commandId);
        return this;
    }

    /** Bits 15:1 the status, bit 0 may hold the phase tag; see {@link #status()}. */
    public int statusWord() {
        return LittleEndian.u16(memory, offsetBytes + STATUS_WORD_OFFSET_BYTES);
    }

    /** Sets STATUS_WORD. */
    public ErrorInformation statusWord(int statusWord) {
        LittleEndian.u16(memory, offsetBytes + STATUS_WORD_OFFSET_BYTES, statusWord);
        return this;
    }

    /** Where the fault is: byte 7:0 and bit 10:8 of the command, or {@link #NOT_A_COMMAND}. */
    public int parameterLocation() {
        return LittleEndian.u16(memory, offsetBytes + PARAMETER_LOCATION_OFFSET_BYTES);
    }

    /** Sets PARAMETER_LOCATION. */
    public ErrorInformation parameterLocation(int parameterLocation) {
        LittleEndian.u16(memory, offsetBytes + PARAMETER_LOCATION_OFFSET_BYTES, parameterLocation);
        return this;
    }

    /** The first logical block that failed, if the command has any. */
    public long firstLba() {
        return LittleEndian.u64(memory, offsetBytes + LBA_OFFSET_BYTES);
    }

    /** Sets LBA. */
    public ErrorInformation firstLba(long firstLba) {
        LittleEndian.u64(memory, offsetBytes + LBA_OFFSET_BYTES, firstLba);
        return this;
    }

    /** The command's NSID. */
    public int namespaceId() {
        return LittleEndian.u32(memory, offsetBytes + NSID_OFFSET_BYTES);
    }

    /** Sets NSID. */
    public ErrorInformation namespaceId(int namespaceId) {
        LittleEndian.u32(memory, offsetBytes + NSID_OFFSET_BYTES, namespaceId);
        return this;
    }

    /** A vendor specific log page with more, 80h to FFh; 0 for none. */
    public int vendorLogPage() {
        return LittleEndian.u8(memory, offsetBytes + VENDOR_LOG_PAGE_OFFSET_BYTES);
    }

    /** Sets VENDOR_LOG_PAGE. */
    public ErrorInformation vendorLogPage(int vendorLogPage) {
        LittleEndian.u8(memory, offsetBytes + VENDOR_LOG_PAGE_OFFSET_BYTES, vendorLogPage);
        return this;
    }

    /** TRTYPE: 0 if the error has nothing to do with the transport. */
    public int transportType() {
        return LittleEndian.u8(memory, offsetBytes + TRTYPE_OFFSET_BYTES);
    }

    /** Sets TRTYPE. */
    public ErrorInformation transportType(int transportType) {
        LittleEndian.u8(memory, offsetBytes + TRTYPE_OFFSET_BYTES, transportType);
        return this;
    }

    /** Defined by the command. */
    public long commandSpecific() {
        return LittleEndian.u64(memory, offsetBytes + COMMAND_SPECIFIC_OFFSET_BYTES);
    }

    /** Sets COMMAND_SPECIFIC. */
    public ErrorInformation commandSpecific(long commandSpecific) {
        LittleEndian.u64(memory, offsetBytes + COMMAND_SPECIFIC_OFFSET_BYTES, commandSpecific);
        return this;
    }

    /** Defined by the transport. */
    public int transportSpecific() {
        return LittleEndian.u16(memory, offsetBytes + TRANSPORT_SPECIFIC_OFFSET_BYTES);
    }

    /** Sets TRANSPORT_SPECIFIC. */
    public ErrorInformation transportSpecific(int transportSpecific) {
        LittleEndian.u16(memory, offsetBytes + TRANSPORT_SPECIFIC_OFFSET_BYTES, transportSpecific);
        return this;
    }

    /** The 15-bit status field without the phase tag; see {@link io.doorbell.spec.Status}. */
    public int status() {
        return statusWord() >>> 1;
    }

    /** Sets the status field, phase tag 0. */
    public ErrorInformation status(int status) {
        return statusWord(status << 1);
    }
}
