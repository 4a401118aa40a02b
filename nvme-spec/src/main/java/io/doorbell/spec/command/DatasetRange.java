package io.doorbell.spec.command;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/** A window on one range of Dataset Management (NVM 1.0 §3.2.3). */
public final class DatasetRange {
    public static final int SIZE_BYTES = 16;

    public static final int CONTEXT_ATTRIBUTES_OFFSET_BYTES = 0;
    public static final int BLOCK_COUNT_OFFSET_BYTES = 4;
    public static final int STARTING_LBA_OFFSET_BYTES = 8;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public DatasetRange wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public DatasetRange clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Access hints for the range; may be ignored. */
    public int contextAttributes() {
        return LittleEndian.u32(memory, offsetBytes + CONTEXT_ATTRIBUTES_OFFSET_BYTES);
    }

    /** Sets CONTEXT_ATTRIBUTES. */
    public DatasetRange contextAttributes(int contextAttributes) {
        LittleEndian.u32(memory, offsetBytes + CONTEXT_ATTRIBUTES_OFFSET_BYTES, contextAttributes);
        return this;
    }

    /** Logical blocks, counted from one, unsigned; 0 means nothing to do. */
    public int blockCount() {
        return LittleEndian.u32(memory, offsetBytes + BLOCK_COUNT_OFFSET_BYTES);
    }

    /** Sets BLOCK_COUNT. */
    public DatasetRange blockCount(int blockCount) {
        LittleEndian.u32(memory, offsetBytes + BLOCK_COUNT_OFFSET_BYTES, blockCount);
        return this;
    }

    /** SLBA: the first logical block. */
    public long startingLba() {
        return LittleEndian.u64(memory, offsetBytes + STARTING_LBA_OFFSET_BYTES);
    }

    /** Sets STARTING_LBA. */
    public DatasetRange startingLba(long startingLba) {
        LittleEndian.u64(memory, offsetBytes + STARTING_LBA_OFFSET_BYTES, startingLba);
        return this;
    }
}
