package io.doorbell.controller.namespace;

import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps which stamp each block holds instead of its bytes: one word for 512 or 4,096 of them.
 *
 * <pre>
 *  word  63:48 seed, as an index    47:0 version    all 0: reads as zeros
 * </pre>
 *
 * <p>A block that is written must be a {@link BlockStamp} with the address it is written to; a read
 * makes the block again from the word. So this store detects, in the middle of the command path and
 * not only at the host, what happens to data on its way in: a misdirected write (wrong address in
 * the stamp), a torn or damaged one (words that do not follow from the header), and data that was
 * read from the wrong guest page. The write then ends with Write Fault, keeps the old block, and is
 * counted. On the way out the host detects the same, and, because it knows what was acknowledged,
 * lost and stale writes; the store cannot, for an old stamp is a good stamp.
 *
 * <p>Memory: 8 bytes for each block, in chunks of {@value #CHUNK_BLOCKS} that exist once written
 * to.
 */
public final class PatternStore implements BlockStore {
    static final int CHUNK_BLOCKS = 1 << 12;

    private static final Logger log = LoggerFactory.getLogger(PatternStore.class);
    private static final int VERSION_BITS = 48;
    private static final long VERSION_MASK = (1L << VERSION_BITS) - 1;
    private static final int SEEDS_MAX = (1 << (Long.SIZE - VERSION_BITS)) - 1;
    private static final long ZEROS = 0;
    private static final long REFUSED = -1;

    private final int blockBytes;
    private final AtomicReferenceArray<long @Nullable []> chunks;
    private final BlockLatches latches = new BlockLatches();
    private final AtomicLong refusedBlocks = new AtomicLong();
    private final ThreadLocal<MemorySegment> staging =
            ThreadLocal.withInitial(
                    () -> Arena.ofAuto().allocate(BlockLatches.SPAN_BYTES, Long.BYTES));
    private final AtomicReference<BlockStamp[]> stamps = // by seed index; replaced, never changed
            new AtomicReference<>(new BlockStamp[0]);

    /**
     * A store of blocks that read as zeros.
     *
     * @param blockBytes 512 or 4,096
     */
    public PatternStore(long sizeBytes, int blockBytes) {
        this.blockBytes = blockBytes;
        long blocks = sizeBytes / blockBytes;
        chunks = new AtomicReferenceArray<>(Math.toIntExact(-Math.floorDiv(-blocks, CHUNK_BLOCKS)));
    }

    /** Blocks that a host wrote and that were no stamp of their address, since the beginning. */
    public long refusedBlocks() {
        return refusedBlocks.get();
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        MemorySegment blocks = staging.get();
        long length = data.lengthBytes();
        for (long done = 0; done < length; ) {
            long piece = BlockLatches.piece(startByte + done, length - done);
            regenerate(startByte + done, piece, blocks, 0);
            if (!data.toGuest(blocks, 0, done, piece).isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            done += piece;
        }
        return Status.SUCCESS;
    }

    private void regenerate(long startByte, long bytes, MemorySegment target, long targetOffset) {
        latches.acquire(startByte);
        try {
            for (long offset = 0; offset < bytes; offset += blockBytes) {
                regenerate((startByte + offset) / blockBytes, target, targetOffset + offset);
            }
        } finally {
            latches.release(startByte);
        }
    }

    private void regenerate(long lba, MemorySegment target, long targetOffset) {
        long word = load(lba);
        if (word == ZEROS) {
            target.asSlice(targetOffset, blockBytes).fill((byte) 0);
        } else {
            stamps.get()[(int) (word >>> VERSION_BITS)].write(
                    target, targetOffset, lba, word & VERSION_MASK);
        }
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        MemorySegment blocks = staging.get();
        long length = data.lengthBytes();
        boolean refused = false;
        for (long done = 0; done < length; ) {
            long piece = BlockLatches.piece(startByte + done, length - done);
            if (!data.fromGuest(blocks, 0, done, piece).isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            refused |= !remember(startByte + done, piece, blocks, 0);
            done += piece;
        }
        return refused ? Status.WRITE_FAULT : Status.SUCCESS;
    }

    /** Keeps every good block; false if there was another. */
    private boolean remember(long startByte, long bytes, MemorySegment source, long sourceOffset) {
        boolean good = true;
        latches.acquire(startByte);
        try {
            for (long offset = 0; offset < bytes; offset += blockBytes) {
                good &= remember((startByte + offset) / blockBytes, source, sourceOffset + offset);
            }
        } finally {
            latches.release(startByte);
        }
        return good;
    }

    private boolean remember(long lba, MemorySegment source, long sourceOffset) {
        long word = wordOf(lba, source, sourceOffset);
        if (word == REFUSED) {
            refuse(lba, source, sourceOffset);
            return false;
        }
        store(lba, word);
        return true;
    }

    @Override
    public int load(long startByte, MemorySegment target, long sizeBytes) {
        for (long done = 0; done < sizeBytes; ) {
            long piece = BlockLatches.piece(startByte + done, sizeBytes - done);
            regenerate(startByte + done, piece, target, done);
            done += piece;
        }
        return Status.SUCCESS;
    }

    @Override
    public int save(long startByte, MemorySegment source, long sizeBytes, boolean durable) {
        boolean good = true;
        for (long done = 0; done < sizeBytes; ) {
            long piece = BlockLatches.piece(startByte + done, sizeBytes - done);
            good &= remember(startByte + done, piece, source, done);
            done += piece;
        }
        return good ? Status.SUCCESS : Status.WRITE_FAULT;
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long sizeBytes,
            boolean durable) {
        MemorySegment block = staging.get();
        long lba = startByte / blockBytes;
        latches.acquire(startByte);
        try {
            regenerate(lba, block, 0);
            if (MemorySegment.mismatch(block, 0, sizeBytes, expected, 0, sizeBytes) >= 0) {
                return Status.COMPARE_FAILURE;
            }
            return remember(lba, source, 0) ? Status.SUCCESS : Status.WRITE_FAULT;
        } finally {
            latches.release(startByte);
        }
    }

    @Override
    public int verify(long startByte, long sizeBytes) {
        return Status.SUCCESS;
    }

    private long wordOf(long lba, MemorySegment blocks, long offset) {
        long version = BlockStamp.versionOf(blocks, offset);
        long seed = BlockStamp.seedOf(blocks, offset);
        if (version < 1 || version > VERSION_MASK) {
            return REFUSED;
        }
        int index = indexOf(stamps.get(), seed);
        BlockStamp stamp = index < 0 ? new BlockStamp(seed, blockBytes) : stamps.get()[index];
        if (!stamp.matches(blocks, offset, lba, version)) {
            return REFUSED;
        }
        int known = index < 0 ? learn(stamp) : index;
        return known < 0 ? REFUSED : (long) known << VERSION_BITS | version;
    }

    private static int indexOf(BlockStamp[] known, long seed) {
        for (int index = 0; index < known.length; index++) {
            if (known[index].seed() == seed) {
                return index;
            }
        }
        return -1;
    }

    /** The index of a seed that was not known before, or -1 if there are too many. Rare. */
    private int learn(BlockStamp stamp) {
        while (true) {
            BlockStamp[] known = stamps.get();
            int index = indexOf(known, stamp.seed());
            if (index >= 0 || known.length == SEEDS_MAX) {
                return index;
            }
            BlockStamp[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = stamp;
            if (stamps.compareAndSet(known, more)) {
                return known.length;
            }
        }
    }

    /** Counts, and tells the first few and then ever fewer of them. */
    private void refuse(long lba, MemorySegment blocks, long offset) {
        long count = refusedBlocks.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            log.warn(
                    "Block {} was written with {}, no stamp of its address; {} refused so far.",
                    lba,
                    new BlockStamp(0, blockBytes).identify(blocks, offset),
                    count);
        }
    }

    @Override
    public int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable) {
        long end = (startByte + sizeBytes) / blockBytes;
        for (long lba = startByte / blockBytes; lba < end; ) {
            long untilChunkEnd = Math.min(end, (lba / CHUNK_BLOCKS + 1) * CHUNK_BLOCKS);
            if (chunks.get((int) (lba / CHUNK_BLOCKS)) == null) {
                lba = untilChunkEnd;
            } else {
                long span =
                        BlockLatches.piece(lba * blockBytes, (untilChunkEnd - lba) * blockBytes);
                forget(lba, span / blockBytes);
                lba += span / blockBytes;
            }
        }
        return Status.SUCCESS;
    }

    private void forget(long startLba, long count) {
        latches.acquire(startLba * blockBytes);
        try {
            for (long lba = startLba; lba < startLba + count; lba++) {
                store(lba, ZEROS);
            }
        } finally {
            latches.release(startLba * blockBytes);
        }
    }

    @Override
    public boolean hasBlocksOf(int bytes) {
        return bytes == blockBytes;
    }

    @Override
    public int flush() {
        return Status.SUCCESS;
    }

    @Override
    public void close() {}

    private long load(long lba) {
        long[] chunk = chunks.get((int) (lba / CHUNK_BLOCKS));
        return chunk == null ? ZEROS : chunk[(int) (lba % CHUNK_BLOCKS)];
    }

    private void store(long lba, long word) {
        int number = (int) (lba / CHUNK_BLOCKS);
        long[] chunk = chunks.get(number);
        if (chunk == null) { // several latches cover a chunk: the first to come makes it
            chunks.compareAndSet(number, null, new long[CHUNK_BLOCKS]);
            chunk = chunks.get(number);
        }
        if (chunk != null) {
            chunk[(int) (lba % CHUNK_BLOCKS)] = word;
        }
    }
}
