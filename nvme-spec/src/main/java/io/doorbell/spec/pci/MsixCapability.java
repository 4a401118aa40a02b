package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A window on the MSI-X capability, id 11h (PCIe 1.0 §3.8). */
public final class MsixCapability {
    public static final int SIZE_BYTES = 12;

    /** MXC: every vector is masked. */
    public static final int CONTROL_FUNCTION_MASK = 1 << 14;

    /** MXC: MSI-X is on. */
    public static final int CONTROL_ENABLE = 1 << 15;

    /** MXC: what a host can write. */
    public static final int CONTROL_WRITABLE_MASK = 0xC000;

    /** Most vectors of a function. */
    public static final int VECTORS_MAX = 2048;

    public static final int CAPABILITY_ID_OFFSET_BYTES = 0;
    public static final int NEXT_OFFSET_BYTES = 1;
    public static final int CONTROL_OFFSET_BYTES = 2;
    public static final int TABLE_OFFSET_BYTES = 4;
    public static final int PENDING_BITS_OFFSET_BYTES = 8;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public MsixCapability wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public MsixCapability clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Capability id; see {@link CapabilityHeader}. */
    public int capabilityId() {
        return LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES);
    }

    /** Sets CAPABILITY_ID. */
    public MsixCapability capabilityId(int capabilityId) {
        LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES, capabilityId);
        return this;
    }

    /** Offset of the next capability; 0 at the end. */
    public int next() {
        return LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES);
    }

    /** Sets NEXT. */
    public MsixCapability next(int next) {
        LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES, next);
        return this;
    }

    /** MXC: table size 10:0, {@link #CONTROL_FUNCTION_MASK}, {@link #CONTROL_ENABLE}. */
    public int control() {
        return LittleEndian.u16(memory, offsetBytes + CONTROL_OFFSET_BYTES);
    }

    /** Sets CONTROL. */
    public MsixCapability control(int control) {
        LittleEndian.u16(memory, offsetBytes + CONTROL_OFFSET_BYTES, control);
        return this;
    }

    /** MTAB: BAR 2:0, offset 31:3; see {@link #location}. */
    public int table() {
        return LittleEndian.u32(memory, offsetBytes + TABLE_OFFSET_BYTES);
    }

    /** Sets TABLE. */
    public MsixCapability table(int table) {
        LittleEndian.u32(memory, offsetBytes + TABLE_OFFSET_BYTES, table);
        return this;
    }

    /** MPBA: BAR 2:0, offset 31:3; see {@link #location}. */
    public int pendingBits() {
        return LittleEndian.u32(memory, offsetBytes + PENDING_BITS_OFFSET_BYTES);
    }

    /** Sets PENDING_BITS. */
    public MsixCapability pendingBits(int pendingBits) {
        LittleEndian.u32(memory, offsetBytes + PENDING_BITS_OFFSET_BYTES, pendingBits);
        return this;
    }

    /** Entries of the table, 1 to 2,048. */
    public int vectorCount() {
        return (control() & VECTORS_MAX - 1) + 1;
    }

    /** Sets the table size in MXC, 1 to 2,048, and keeps its other bits. */
    public MsixCapability vectorCount(int vectorCount) {
        int zeroBased = Objects.checkIndex(vectorCount - 1, VECTORS_MAX);
        return control((control() & CONTROL_WRITABLE_MASK) | zeroBased);
    }

    /** Whether messages may be sent, as far as MXC has a say: on, and no function mask. */
    public boolean isUnmasked() {
        return (control() & CONTROL_WRITABLE_MASK) == CONTROL_ENABLE;
    }

    /** MTAB or MPBA for something {@code offset} bytes into a BAR; a multiple of 8. */
    public static int location(int bar, long offset) {
        return ((int) offset & ~7) | bar;
    }

    /** The BAR in MTAB or MPBA. */
    public static int bar(int location) {
        return location & 7;
    }

    /** The offset in MTAB or MPBA, in bytes from the start of the BAR. */
    public static long offsetInBar(int location) {
        return Integer.toUnsignedLong(location & ~7);
    }
}
