package io.doorbell.spec;

/** Logical block ranges, checked without overflow. LBAs are unsigned 64-bit numbers. */
public final class LbaRange {
    private LbaRange() {}

    /**
     * Whether a range ends within a namespace; if not, the status is {@link
     * Status#LBA_OUT_OF_RANGE} (NVM 1.0 §3.2).
     *
     * @param startingLba SLBA, any value a host can send
     * @param blockCount blocks counted from one, 0 or more
     * @param sizeBlocks NSZE
     */
    public static boolean isWithin(long startingLba, long blockCount, long sizeBlocks) {
        return Long.compareUnsigned(startingLba, sizeBlocks) <= 0
                && Long.compareUnsigned(blockCount, sizeBlocks - startingLba) <= 0;
    }
}
