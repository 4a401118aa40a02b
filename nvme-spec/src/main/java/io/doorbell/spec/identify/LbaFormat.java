package io.doorbell.spec.identify;

import io.doorbell.spec.BitField;

/** One LBA format of Identify Namespace, a dword (NVM 1.0 §4.1.5.1). */
public final class LbaFormat {
    private static final BitField MS = BitField.of(15, 0);
    private static final BitField LBADS = BitField.of(23, 16);
    private static final BitField RP = BitField.of(25, 24);

    private LbaFormat() {}

    /** MS: metadata per logical block, in bytes. */
    public static int metadataSizeBytes(int format) {
        return MS.get(format);
    }

    /** LBADS: log2 of the logical block size, at least 9; 0 if the format is not available. */
    public static int dataSizeLog2(int format) {
        return LBADS.get(format);
    }

    /** RP: 0 best, 1 better, 2 good, 3 degraded. */
    public static int relativePerformance(int format) {
        return RP.get(format);
    }

    /** Size of a logical block without metadata. */
    public static int blockSizeBytes(int format) {
        return 1 << dataSizeLog2(format);
    }

    /**
     * A format without metadata and of best performance.
     *
     * @throws IllegalArgumentException unless the size is a power of two of at least 512
     */
    public static int ofBlockSize(int blockSizeBytes) {
        if (blockSizeBytes < 512 || Integer.bitCount(blockSizeBytes) != 1) {
            throw new IllegalArgumentException(
                    "A logical block cannot have %d bytes; use a power of two from 512."
                            .formatted(blockSizeBytes));
        }
        return LBADS.set(0, Integer.numberOfTrailingZeros(blockSizeBytes));
    }
}
