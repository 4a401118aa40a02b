package io.doorbell.guest.workload;

/**
 * What a workload must know of the namespace it runs on.
 *
 * @param blockCount logical blocks, at least 1
 * @param blockBytes logical block size: 512 or 4096
 * @param transferMaxBytes the most one read or write may move (MDTS), at least one block, at most
 *     65,536 blocks (NLB has 16 bits), a multiple of the block size
 */
public record NamespaceGeometry(long blockCount, int blockBytes, int transferMaxBytes) {
    /** The most blocks of one read, write or Write Zeroes command: NLB is 16 bits, zero-based. */
    public static final int TRANSFER_BLOCKS_MAX = 1 << 16;

    /** The most blocks of one Dataset Management range, whose length is a 32-bit count. */
    public static final long DEALLOCATE_BLOCKS_MAX = (1L << 32) - 1;

    public NamespaceGeometry {
        if (blockBytes != 512 && blockBytes != 4096) {
            throw new IllegalArgumentException(
                    "blockBytes is " + blockBytes + "; use 512 or 4096 bytes");
        }
        if (blockCount < 1 || blockCount > Long.MAX_VALUE / blockBytes) {
            throw new IllegalArgumentException(
                    "blockCount is "
                            + blockCount
                            + "; use 1 to "
                            + Long.MAX_VALUE / blockBytes
                            + " blocks of "
                            + blockBytes
                            + " bytes");
        }
        if (transferMaxBytes < blockBytes
                || transferMaxBytes % blockBytes != 0
                || transferMaxBytes / blockBytes > TRANSFER_BLOCKS_MAX) {
            throw new IllegalArgumentException(
                    "transferMaxBytes is "
                            + transferMaxBytes
                            + "; use a multiple of the block size, "
                            + blockBytes
                            + " to "
                            + (long) TRANSFER_BLOCKS_MAX * blockBytes
                            + " bytes");
        }
    }

    /** Size of the namespace in bytes. */
    public long sizeBytes() {
        return blockCount * blockBytes;
    }

    /** The most blocks that one request of this operation may have; 0 for a Flush. */
    public long requestBlocksMax(Operation operation) {
        return switch (operation) {
            case READ, WRITE -> transferMaxBytes / blockBytes;
            case WRITE_ZEROES -> TRANSFER_BLOCKS_MAX;
            case DEALLOCATE -> DEALLOCATE_BLOCKS_MAX;
            case FLUSH -> 0;
        };
    }
}
