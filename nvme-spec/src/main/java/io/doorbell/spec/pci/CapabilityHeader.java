package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/** A window on the two bytes every capability starts with. */
public final class CapabilityHeader {
    public static final int SIZE_BYTES = 2;

    /** Power Management. */
    public static final int ID_POWER_MANAGEMENT = 0x01;

    /** MSI. */
    public static final int ID_MSI = 0x05;

    /** PCI Express. */
    public static final int ID_PCI_EXPRESS = 0x10;

    /** MSI-X. */
    public static final int ID_MSIX = 0x11;

    /** Advanced Error Reporting, in extended configuration space. */
    public static final int EXTENDED_ID_ADVANCED_ERROR_REPORTING = 0x0001;

    /** Where extended capabilities start. */
    public static final int FIRST_EXTENDED_OFFSET_BYTES = 0x100;

    public static final int CAPABILITY_ID_OFFSET_BYTES = 0;
    public static final int NEXT_OFFSET_BYTES = 1;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public CapabilityHeader wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public CapabilityHeader clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** One of the {@code ID_} constants. */
    public int capabilityId() {
        return LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES);
    }

    /** Sets CAPABILITY_ID. */
    public CapabilityHeader capabilityId(int capabilityId) {
        LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES, capabilityId);
        return this;
    }

    /** Offset of the next capability; 0 at the end. */
    public int next() {
        return LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES);
    }

    /** Sets NEXT. */
    public CapabilityHeader next(int next) {
        LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES, next);
        return this;
    }
}
