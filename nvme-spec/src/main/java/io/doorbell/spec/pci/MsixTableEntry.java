package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/**
 * A window on one entry of the MSI-X table (PCIe 1.0 §3.5.2, §3.8). Entry v is 16 v bytes into the
 * table.
 */
public final class MsixTableEntry {
    public static final int SIZE_BYTES = 16;

    /** Vector control: no message, only the pending bit; set by a reset. */
    public static final int MASKED = 1;

    public static final int ADDRESS_OFFSET_BYTES = 0;
    public static final int DATA_OFFSET_BYTES = 8;
    public static final int VECTOR_CONTROL_OFFSET_BYTES = 12;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public MsixTableEntry wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public MsixTableEntry clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Where the message is written; bits 1:0 are 0. */
    public long address() {
        return LittleEndian.u64(memory, offsetBytes + ADDRESS_OFFSET_BYTES);
    }

    /** Sets ADDRESS. */
    public MsixTableEntry address(long address) {
        LittleEndian.u64(memory, offsetBytes + ADDRESS_OFFSET_BYTES, address);
        return this;
    }

    /** What is written there. */
    public int data() {
        return LittleEndian.u32(memory, offsetBytes + DATA_OFFSET_BYTES);
    }

    /** Sets DATA. */
    public MsixTableEntry data(int data) {
        LittleEndian.u32(memory, offsetBytes + DATA_OFFSET_BYTES, data);
        return this;
    }

    /** Bit 0 is {@link #MASKED}. */
    public int vectorControl() {
        return LittleEndian.u32(memory, offsetBytes + VECTOR_CONTROL_OFFSET_BYTES);
    }

    /** Sets VECTOR_CONTROL. */
    public MsixTableEntry vectorControl(int vectorControl) {
        LittleEndian.u32(memory, offsetBytes + VECTOR_CONTROL_OFFSET_BYTES, vectorControl);
        return this;
    }

    /** Whether this vector is masked. */
    public boolean isMasked() {
        return (vectorControl() & MASKED) != 0;
    }

    /** Back to the state after a reset: masked, no address, no data. */
    public MsixTableEntry reset() {
        return clear().vectorControl(MASKED);
    }
}
