package io.doorbell.controller.namespace;

import io.doorbell.spec.LbaRange;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.LbaFormat;

import java.util.UUID;

/**
 * A namespace: its geometry, where its bytes are, and what is known of its blocks besides.
 *
 * <p>Used by all shards at once. What a block is, written or deallocated, readable or not, outlives
 * every reset of the controller; it is kept in memory, so a restarted device learns again from its
 * store what is deallocated, and has forgotten what was made unreadable.
 */
public final class Namespace {
    /** The LBA formats of every namespace, by index: blocks of 512 bytes, and of 4,096. */
    private static final int[] FORMAT_BLOCK_SIZES_LOG2 = {9, 12};

    /**
     * How the bytes are divided.
     *
     * @param blockCount NSZE
     * @param blockSizeLog2 LBADS: 9 or 12
     */
    public record Geometry(long blockCount, int blockSizeLog2) {
        /** Whether these blocks exist; safe against overflow. */
        boolean contains(long startLba, long count) {
            return LbaRange.isWithin(startLba, count, blockCount);
        }
    }

    private final int id;
    private final UUID uuid;
    private final BlockStore store;
    private final BlockStates states;
    private volatile Geometry geometry;
    private volatile boolean formatting;

    /**
     * @param id 1 to the controller's NN
     * @param blockCount NSZE
     * @param blockSizeLog2 LBADS: 9 or 12
     * @param uuid identifies the namespace for ever (Namespace Identification Descriptor type 3)
     * @param store has room for so many blocks
     */
    public Namespace(int id, long blockCount, int blockSizeLog2, UUID uuid, BlockStore store) {
        this.id = id;
        this.uuid = uuid;
        this.store = store;
        this.geometry = new Geometry(blockCount, blockSizeLog2);
        this.states = new BlockStates(blockCount << (blockSizeLog2 - SectorSet.SECTOR_LOG2));
        store.forEachExtent(
                (startByte, bytes) ->
                        states.wasWritten(
                                startByte >>> SectorSet.SECTOR_LOG2,
                                bytes >>> SectorSet.SECTOR_LOG2));
    }

    public int id() {
        return id;
    }

    public UUID uuid() {
        return uuid;
    }

    public BlockStore store() {
        return store;
    }

    /** Block count and size as of now; a command looks once and keeps to it. */
    public Geometry geometry() {
        return geometry;
    }

    /** NSZE. */
    public long blockCount() {
        return geometry.blockCount();
    }

    /** LBADS. */
    public int blockSizeLog2() {
        return geometry.blockSizeLog2();
    }

    public int blockSizeBytes() {
        return 1 << geometry.blockSizeLog2();
    }

    /** NUSE: blocks that are not deallocated. */
    public long usedBlocks() {
        Geometry now = geometry;
        long sectors = 1L << (now.blockSizeLog2() - SectorSet.SECTOR_LOG2);
        return Math.min(now.blockCount(), (states.writtenSectors() + sectors - 1) / sectors);
    }

    BlockStates states() {
        return states;
    }

    // ---- formats -------------------------------------------------------------------------------

    /** NLBAF + 1. */
    public static int formatCount() {
        return FORMAT_BLOCK_SIZES_LOG2.length;
    }

    /**
     * LBAF of a format.
     *
     * @param index below {@link #formatCount}
     */
    public static int lbaFormat(int index) {
        return LbaFormat.ofBlockSize(1 << FORMAT_BLOCK_SIZES_LOG2[index]);
    }

    /** Whether this format divides the namespace without a rest, and its store can serve it. */
    public boolean canFormat(int index) {
        if (index >= formatCount()) {
            return false;
        }
        Geometry now = geometry;
        long bytes = now.blockCount() << now.blockSizeLog2();
        int blockBytes = 1 << FORMAT_BLOCK_SIZES_LOG2[index];
        return bytes % blockBytes == 0 && store.hasBlocksOf(blockBytes);
    }

    /** FLBAS: the index of the format in use. */
    public int formatIndex() {
        int log2 = geometry.blockSizeLog2();
        for (int index = 0; index < formatCount(); index++) {
            if (FORMAT_BLOCK_SIZES_LOG2[index] == log2) {
                return index;
            }
        }
        throw new IllegalStateException("No format has blocks of 2^" + log2 + " bytes.");
    }

    /** True from {@link #beginFormat} until the format is done: I/O commands are refused. */
    public boolean isFormatting() {
        return formatting;
    }

    /** From now on I/O commands end with Format In Progress. */
    public void beginFormat() {
        formatting = true;
    }

    /**
     * A format that began will not go on: the namespace is as far as it came, in its old format.
     */
    void abandonFormat() {
        formatting = false;
    }

    /**
     * Formats (NVM §4.1.2): every block is deallocated and readable, and as large as the format
     * says. May take long and may wait for a disk: to be called where that does no harm.
     *
     * @param index {@link #canFormat} it
     * @return a status field: the namespace is usable again, and formatted if it is {@link
     *     Status#SUCCESS}
     */
    public int format(int index) {
        beginFormat();
        try {
            Geometry now = geometry;
            long bytes = now.blockCount() << now.blockSizeLog2();
            Zeroing zeroing = new Zeroing(this, true, false);
            zeroing.add(0, bytes);
            int status;
            do {
                status = zeroing.proceed();
            } while (status == Zeroing.PENDING);
            if (status == Status.SUCCESS) {
                states.forget();
                int log2 = FORMAT_BLOCK_SIZES_LOG2[index];
                geometry = new Geometry(bytes >>> log2, log2);
                status = store.flush();
            }
            return status;
        } finally {
            formatting = false;
        }
    }
}
