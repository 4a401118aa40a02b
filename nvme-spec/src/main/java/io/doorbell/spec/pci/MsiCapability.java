package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/** A window on the MSI capability with a 64-bit address, id 05h (PCIe 1.0 §3.8). */
public final class MsiCapability {
    public static final int SIZE_BYTES = 16;

    /** MC: MSI is on. */
    public static final int CONTROL_ENABLE = 1;

    /** MC: the address has 64 bits. */
    public static final int CONTROL_64_BIT = 1 << 7;

    public static final int CAPABILITY_ID_OFFSET_BYTES = 0;
    public static final int NEXT_OFFSET_BYTES = 1;
    public static final int CONTROL_OFFSET_BYTES = 2;
    public static final int ADDRESS_OFFSET_BYTES = 4;
    public static final int DATA_OFFSET_BYTES = 12;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public MsiCapability wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public MsiCapability clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Capability id; see {@link CapabilityHeader}. */
    public int capabilityId() {
        return LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES);
    }

    /** Sets CAPABILITY_ID. */
    public MsiCapability capabilityId(int capabilityId) {
        LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES, capabilityId);
        return this;
    }

    /** Offset of the next capability; 0 at the end. */
    public int next() {
        return LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES);
    }

    /** Sets NEXT. */
    public MsiCapability next(int next) {
        LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES, next);
        return this;
    }

    /** MC: enable 0, capable vectors 3:1, enabled vectors 6:4 (both log2), 64-bit 7. */
    public int control() {
        return LittleEndian.u16(memory, offsetBytes + CONTROL_OFFSET_BYTES);
    }

    /** Sets CONTROL. */
    public MsiCapability control(int control) {
        LittleEndian.u16(memory, offsetBytes + CONTROL_OFFSET_BYTES, control);
        return this;
    }

    /** MA and MUA: where messages are written, dword aligned. */
    public long address() {
        return LittleEndian.u64(memory, offsetBytes + ADDRESS_OFFSET_BYTES);
    }

    /** Sets ADDRESS. */
    public MsiCapability address(long address) {
        LittleEndian.u64(memory, offsetBytes + ADDRESS_OFFSET_BYTES, address);
        return this;
    }

    /** MD: the data of vector 0; other vectors replace its low bits. */
    public int data() {
        return LittleEndian.u16(memory, offsetBytes + DATA_OFFSET_BYTES);
    }

    /** Sets DATA. */
    public MsiCapability data(int data) {
        LittleEndian.u16(memory, offsetBytes + DATA_OFFSET_BYTES, data);
        return this;
    }
}
