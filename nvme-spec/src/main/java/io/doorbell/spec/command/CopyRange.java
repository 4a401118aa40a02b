package io.doorbell.spec.command;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/** A window on one source range of Copy, descriptor format 0 (NVM 1.0 §3.2.2). */
public final class CopyRange {
    public static final int SIZE_BYTES = 32;

    public static final int STARTING_LBA_OFFSET_BYTES = 8;
    public static final int BLOCK_COUNT_OFFSET_BYTES = 16;
    public static final int REFERENCE_TAG_OFFSET_BYTES = 24;
    public static final int APPLICATION_TAG_OFFSET_BYTES = 28;
    public static final int APPLICATION_TAG_MASK_OFFSET_BYTES = 30;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public CopyRange wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public CopyRange clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** SLBA: the first logical block to read. */
    public long startingLba() {
        return LittleEndian.u64(memory, offsetBytes + STARTING_LBA_OFFSET_BYTES);
    }

    /** Sets STARTING_LBA. */
    public CopyRange startingLba(long startingLba) {
        LittleEndian.u64(memory, offsetBytes + STARTING_LBA_OFFSET_BYTES, startingLba);
        return this;
    }

    /** NLB: logical blocks, counted from zero. */
    public int blockCountZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + BLOCK_COUNT_OFFSET_BYTES);
    }

    /** Sets BLOCK_COUNT. */
    public CopyRange blockCountZeroBased(int blockCountZeroBased) {
        LittleEndian.u16(memory, offsetBytes + BLOCK_COUNT_OFFSET_BYTES, blockCountZeroBased);
        return this;
    }

    /** EILBRT: the expected reference tag of the first block. */
    public int referenceTag() {
        return LittleEndian.u32(memory, offsetBytes + REFERENCE_TAG_OFFSET_BYTES);
    }

    /** Sets REFERENCE_TAG. */
    public CopyRange referenceTag(int referenceTag) {
        LittleEndian.u32(memory, offsetBytes + REFERENCE_TAG_OFFSET_BYTES, referenceTag);
        return this;
    }

    /** ELBAT: the expected application tag. */
    public int applicationTag() {
        return LittleEndian.u16(memory, offsetBytes + APPLICATION_TAG_OFFSET_BYTES);
    }

    /** Sets APPLICATION_TAG. */
    public CopyRange applicationTag(int applicationTag) {
        LittleEndian.u16(memory, offsetBytes + APPLICATION_TAG_OFFSET_BYTES, applicationTag);
        return this;
    }

    /** ELBATM: which bits of the application tag count. */
    public int applicationTagMask() {
        return LittleEndian.u16(memory, offsetBytes + APPLICATION_TAG_MASK_OFFSET_BYTES);
    }

    /** Sets APPLICATION_TAG_MASK. */
    public CopyRange applicationTagMask(int applicationTagMask) {
        LittleEndian.u16(
                memory, offsetBytes + APPLICATION_TAG_MASK_OFFSET_BYTES, applicationTagMask);
        return this;
    }

    /** Logical blocks, 1 to 65,536. */
    public int blockCount() {
        return blockCountZeroBased() + 1;
    }
}
