package io.doorbell.controller.namespace;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A set of 512-byte sectors of a namespace, as bits, for all shards at once. Each sector is added
 * and removed on its own; memory is taken where something was ever added.
 *
 * <p>Sectors, not blocks: the set stays what it is when the namespace gets another block size.
 */
final class SectorSet {
    static final int SECTOR_LOG2 = 9;

    /** What {@link #firstOf} says if there is none. */
    static final long NONE = -1;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long CHUNK_SECTORS_MIN = 1 << 15;
    private static final long CHUNKS_MAX = 1 << 20;

    private final AtomicReferenceArray<long @Nullable []> chunks;
    private final int chunkLog2; // sectors of a chunk
    private final AtomicLong count = new AtomicLong();

    SectorSet(long sectors) {
        long least = Math.max(CHUNK_SECTORS_MIN, sectors / CHUNKS_MAX);
        chunkLog2 = Long.SIZE - Long.numberOfLeadingZeros(least - 1);
        chunks = new AtomicReferenceArray<>((int) (sectors >>> chunkLog2) + 1);
    }

    boolean isEmpty() {
        return count.get() == 0;
    }

    long count() {
        return count.get();
    }

    void add(long first, long sectors) {
        for (long sector = first; sector < first + sectors; sector = nextWord(sector)) {
            long[] chunk = chunkToAddTo((int) (sector >>> chunkLog2));
            int word = wordOf(sector);
            long mask = mask(sector, first + sectors);
            if (((long) WORD.getOpaque(chunk, word) & mask) != mask) {
                long before = (long) WORD.getAndBitwiseOr(chunk, word, mask);
                count.addAndGet(Long.bitCount(mask & ~before));
            }
        }
    }

    void remove(long first, long sectors) {
        for (long sector = first; sector < first + sectors; ) {
            long[] chunk = chunks.get((int) (sector >>> chunkLog2));
            if (chunk == null) {
                sector = nextChunk(sector);
                continue;
            }
            int word = wordOf(sector);
            long mask = mask(sector, first + sectors);
            if (((long) WORD.getOpaque(chunk, word) & mask) != 0) {
                long before = (long) WORD.getAndBitwiseAnd(chunk, word, ~mask);
                count.addAndGet(-Long.bitCount(mask & before));
            }
            sector = nextWord(sector);
        }
    }

    /** The first sector of a range that is in the set, or {@link #NONE}. */
    long firstOf(long first, long sectors) {
        for (long sector = first; sector < first + sectors; ) {
            long[] chunk = chunks.get((int) (sector >>> chunkLog2));
            if (chunk == null) {
                sector = nextChunk(sector);
                continue;
            }
            long found =
                    (long) WORD.getAcquire(chunk, wordOf(sector)) & mask(sector, first + sectors);
            if (found != 0) {
                return (sector & -Long.SIZE) + Long.numberOfTrailingZeros(found);
            }
            sector = nextWord(sector);
        }
        return NONE;
    }

    /** Whether the whole range is in the set. */
    boolean containsAll(long first, long sectors) {
        for (long sector = first; sector < first + sectors; sector = nextWord(sector)) {
            long[] chunk = chunks.get((int) (sector >>> chunkLog2));
            long mask = mask(sector, first + sectors);
            if (chunk == null || ((long) WORD.getAcquire(chunk, wordOf(sector)) & mask) != mask) {
                return false;
            }
        }
        return true;
    }

    /** The first sector from here on that was ever in the set, or {@code end}. */
    long skipUntouched(long first, long end) {
        long sector = first;
        while (sector < end && chunks.get((int) (sector >>> chunkLog2)) == null) {
            sector = nextChunk(sector);
        }
        return Math.min(sector, end);
    }

    /** Where the chunk of this sector ends. */
    private long nextChunk(long sector) {
        return ((sector >>> chunkLog2) + 1) << chunkLog2;
    }

    private static long nextWord(long sector) {
        return (sector & -Long.SIZE) + Long.SIZE;
    }

    private int wordOf(long sector) {
        return (int) ((sector & ((1L << chunkLog2) - 1)) / Long.SIZE);
    }

    /** The bits of this sector's word from it up to the end. */
    private static long mask(long sector, long end) {
        long from = -1L << sector; // shifts by the sector's place in its word
        long rest = end - (sector & -Long.SIZE);
        return rest >= Long.SIZE ? from : from & ~(-1L << rest);
    }

    private long[] chunkToAddTo(int number) {
        long[] chunk = chunks.get(number);
        if (chunk == null) {
            long[] fresh = new long[(int) ((1L << chunkLog2) / Long.SIZE)];
            chunk = chunks.compareAndExchange(number, null, fresh);
            return chunk == null ? fresh : chunk;
        }
        return chunk;
    }
}
