package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on Identify Namespace of the NVM command set beyond CNS 00h: CNS 05h, CSI 00h (NVM 1.0
 * §4.1.5.3). All zeros is a valid answer.
 */
public final class NvmIdentifyNamespace {
    public static final int SIZE_BYTES = 4096;

    public static final int LBSTM_OFFSET_BYTES = 0;
    public static final int PIC_OFFSET_BYTES = 8;
    public static final int ELBAF_OFFSET_BYTES = 12;
    public static final int ELBAF_COUNT = 64;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public NvmIdentifyNamespace wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public NvmIdentifyNamespace clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** LBSTM: which bits of the storage tag are checked. */
    public long storageTagMask() {
        return LittleEndian.u64(memory, offsetBytes + LBSTM_OFFSET_BYTES);
    }

    /** Sets LBSTM. */
    public NvmIdentifyNamespace storageTagMask(long storageTagMask) {
        LittleEndian.u64(memory, offsetBytes + LBSTM_OFFSET_BYTES, storageTagMask);
        return this;
    }

    /** PIC: protection information capabilities. */
    public int protectionCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + PIC_OFFSET_BYTES);
    }

    /** Sets PIC. */
    public NvmIdentifyNamespace protectionCapabilities(int protectionCapabilities) {
        LittleEndian.u8(memory, offsetBytes + PIC_OFFSET_BYTES, protectionCapabilities);
        return this;
    }

    /** ELBAF number {@code index}, 0 to 63: storage tag size and protection format. */
    public int extendedLbaFormat(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes + ELBAF_OFFSET_BYTES + 4L * Objects.checkIndex(index, ELBAF_COUNT));
    }

    /** Sets ELBAF number {@code index}, from 0 to 63. */
    public NvmIdentifyNamespace extendedLbaFormat(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes + ELBAF_OFFSET_BYTES + 4L * Objects.checkIndex(index, ELBAF_COUNT),
                value);
        return this;
    }
}
