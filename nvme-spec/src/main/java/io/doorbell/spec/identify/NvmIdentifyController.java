package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/**
 * A window on Identify Controller of the NVM command set: CNS 06h, CSI 00h (NVM 1.0 §4.1.5.4). All
 * zeros is a valid answer.
 */
public final class NvmIdentifyController {
    public static final int SIZE_BYTES = 4096;

    public static final int VSL_OFFSET_BYTES = 0;
    public static final int WZSL_OFFSET_BYTES = 1;
    public static final int WUSL_OFFSET_BYTES = 2;
    public static final int DMRL_OFFSET_BYTES = 3;
    public static final int DMRSL_OFFSET_BYTES = 4;
    public static final int DMSL_OFFSET_BYTES = 8;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public NvmIdentifyController wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public NvmIdentifyController clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** VSL: log2 of the largest Verify in CAP.MPSMIN pages; 0 for no limit. */
    public int verifySizeLimit() {
        return LittleEndian.u8(memory, offsetBytes + VSL_OFFSET_BYTES);
    }

    /** Sets VSL. */
    public NvmIdentifyController verifySizeLimit(int verifySizeLimit) {
        LittleEndian.u8(memory, offsetBytes + VSL_OFFSET_BYTES, verifySizeLimit);
        return this;
    }

    /** WZSL: as VSL, for Write Zeroes. */
    public int writeZeroesSizeLimit() {
        return LittleEndian.u8(memory, offsetBytes + WZSL_OFFSET_BYTES);
    }

    /** Sets WZSL. */
    public NvmIdentifyController writeZeroesSizeLimit(int writeZeroesSizeLimit) {
        LittleEndian.u8(memory, offsetBytes + WZSL_OFFSET_BYTES, writeZeroesSizeLimit);
        return this;
    }

    /** WUSL: as VSL, for Write Uncorrectable. */
    public int writeUncorrectableSizeLimit() {
        return LittleEndian.u8(memory, offsetBytes + WUSL_OFFSET_BYTES);
    }

    /** Sets WUSL. */
    public NvmIdentifyController writeUncorrectableSizeLimit(int writeUncorrectableSizeLimit) {
        LittleEndian.u8(memory, offsetBytes + WUSL_OFFSET_BYTES, writeUncorrectableSizeLimit);
        return this;
    }

    /** DMRL: most ranges of Dataset Management; 0 for no limit. */
    public int datasetRangesLimit() {
        return LittleEndian.u8(memory, offsetBytes + DMRL_OFFSET_BYTES);
    }

    /** Sets DMRL. */
    public NvmIdentifyController datasetRangesLimit(int datasetRangesLimit) {
        LittleEndian.u8(memory, offsetBytes + DMRL_OFFSET_BYTES, datasetRangesLimit);
        return this;
    }

    /** DMRSL: most blocks of one range; 0 for no limit. */
    public int datasetRangeSizeLimit() {
        return LittleEndian.u32(memory, offsetBytes + DMRSL_OFFSET_BYTES);
    }

    /** Sets DMRSL. */
    public NvmIdentifyController datasetRangeSizeLimit(int datasetRangeSizeLimit) {
        LittleEndian.u32(memory, offsetBytes + DMRSL_OFFSET_BYTES, datasetRangeSizeLimit);
        return this;
    }

    /** DMSL: most blocks of all ranges; 0 for no limit. */
    public long datasetSizeLimit() {
        return LittleEndian.u64(memory, offsetBytes + DMSL_OFFSET_BYTES);
    }

    /** Sets DMSL. */
    public NvmIdentifyController datasetSizeLimit(long datasetSizeLimit) {
        LittleEndian.u64(memory, offsetBytes + DMSL_OFFSET_BYTES, datasetSizeLimit);
        return this;
    }
}
