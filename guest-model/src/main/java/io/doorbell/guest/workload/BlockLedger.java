package io.doorbell.guest.workload;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * What each block must hold, by what the device acknowledged.
 *
 * <p>For each block one number: {@link #UNTOUCHED}, {@link #ZEROED}, the version of the write that
 * made it, or {@link #UNCERTAIN} after a request that failed: then every content that may have come
 * of it is a candidate, until the next success settles it.
 *
 * <p>Memory: 8 bytes for each block, in chunks of {@value #CHUNK_BLOCKS} blocks that exist once
 * they are written to, so that a large namespace costs what is touched of it. A chunk zeroed as a
 * whole is one shared marker: deallocating a namespace costs nothing either.
 *
 * <p>Requests that overlap must not be outstanding together; {@link HazardWindow} sees to it.
 */
final class BlockLedger {
    /** Never written: reads as zeros. */
    static final long UNTOUCHED = 0;

    /** Deallocated or written with zeros: reads as zeros. */
    static final long ZEROED = -1;

    /** A request failed here; see {@link #isCandidate}. */
    static final long UNCERTAIN = -2;

    static final int CHUNK_BLOCKS = 1 << 12;

    /** Stands for a chunk that was zeroed as a whole. */
    private static final long[] ZEROED_CHUNK = new long[0];

    private final long firstLba;
    private final long blockCount;
    private final long[] @Nullable [] chunks; // null: untouched as a whole
    private final TreeMap<Long, long[]> candidatesByLba = new TreeMap<>();

    /** A ledger for the blocks from {@code firstLba} on, all untouched. */
    BlockLedger(long firstLba, long blockCount) {
        long chunkCount = (blockCount + CHUNK_BLOCKS - 1) / CHUNK_BLOCKS;
        if (firstLba < 0 || blockCount < 1 || chunkCount > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "A ledger of "
                            + blockCount
                            + " blocks from LBA "
                            + firstLba
                            + " is not possible; use 1 to 2^43 blocks, or verify a smaller slice");
        }
        this.firstLba = firstLba;
        this.blockCount = blockCount;
        this.chunks = new long[(int) chunkCount][];
    }

    long firstLba() {
        return firstLba;
    }

    long blockCount() {
        return blockCount;
    }

    /** A version above 0, {@link #UNTOUCHED}, {@link #ZEROED} or {@link #UNCERTAIN}. */
    long expected(long lba) {
        long index = index(lba);
        long[] chunk = chunks[chunkNumber(index)];
        if (chunk == null) {
            return UNTOUCHED;
        }
        return chunk.length == 0 ? ZEROED : chunk[offsetInChunk(index)];
    }

    /**
     * True when an uncertain block may hold this.
     *
     * @param content a version above 0, or {@link #ZEROED} for zeros
     */
    boolean isCandidate(long lba, long content) {
        long[] candidates = candidatesByLba.get(lba);
        return candidates != null && Arrays.stream(candidates).anyMatch(c -> c == content);
    }

    /** A write succeeded. */
    void written(long startLba, long count, long version) {
        settle(startLba, count);
        for (long lba = startLba; lba < startLba + count; lba++) {
            set(lba, version);
        }
    }

    /** A Deallocate or Write Zeroes succeeded. */
    void zeroed(long startLba, long count) {
        settle(startLba, count);
        long end = startLba + count;
        for (long lba = startLba; lba < end; ) {
            long index = index(lba);
            if (offsetInChunk(index) == 0 && end - lba >= CHUNK_BLOCKS) {
                chunks[chunkNumber(index)] = ZEROED_CHUNK;
                lba += CHUNK_BLOCKS;
            } else {
                set(lba, ZEROED);
                lba++;
            }
        }
    }

    /**
     * A write, Deallocate or Write Zeroes failed: each block holds what it held, or what it would
     * have got.
     *
     * @param content the version it would have got, or {@link #ZEROED}
     */
    void uncertain(long startLba, long count, long content) {
        long end = startLba + count;
        for (long lba = startLba; lba < end; lba++) {
            if (content == ZEROED && holdsZeros(chunks[chunkNumber(index(lba))])) {
                lba += CHUNK_BLOCKS - 1 - offsetInChunk(index(lba)); // a vast range costs little
            } else {
                addCandidate(lba, content);
            }
        }
    }

    private static boolean holdsZeros(long @Nullable [] chunk) {
        return chunk == null || chunk.length == 0;
    }

    private void addCandidate(long lba, long content) {
        long before = expected(lba) == UNTOUCHED ? ZEROED : expected(lba);
        if (before == content) {
            return;
        }
        long[] known = candidatesByLba.getOrDefault(lba, new long[] {before});
        long[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = content;
        candidatesByLba.put(lba, more);
        set(lba, UNCERTAIN);
    }

    /** What an uncertain block may hold, oldest first. */
    long[] candidates(long lba) {
        return candidatesByLba.getOrDefault(lba, new long[0]).clone();
    }

    /** The first block from here on that was ever changed; behind the last block if none was. */
    long nextTouched(long fromLba) {
        long endLba = firstLba + blockCount;
        long lba = fromLba;
        while (lba < endLba && expected(lba) == UNTOUCHED) {
            long index = index(lba);
            boolean isChunkEmpty = chunks[chunkNumber(index)] == null;
            lba += isChunkEmpty ? CHUNK_BLOCKS - offsetInChunk(index) : 1;
        }
        return Math.min(lba, endLba);
    }

    private void settle(long startLba, long count) {
        if (!candidatesByLba.isEmpty()) {
            candidatesByLba.subMap(startLba, startLba + count).clear();
        }
    }

    private void set(long lba, long content) {
        long index = index(lba);
        int number = chunkNumber(index);
        long[] chunk = chunks[number];
        if (chunk == null || chunk.length == 0) {
            long[] fresh = new long[CHUNK_BLOCKS];
            Arrays.fill(fresh, chunk == null ? UNTOUCHED : ZEROED);
            chunk = fresh;
            chunks[number] = fresh;
        }
        chunk[offsetInChunk(index)] = content;
    }

    private long index(long lba) {
        long index = lba - firstLba;
        if (index < 0 || index >= blockCount) {
            throw new IndexOutOfBoundsException(
                    "LBA "
                            + lba
                            + " is outside this ledger's blocks "
                            + firstLba
                            + " to "
                            + (firstLba + blockCount - 1));
        }
        return index;
    }

    private static int chunkNumber(long index) {
        return (int) (index / CHUNK_BLOCKS);
    }

    private static int offsetInChunk(long index) {
        return (int) (index % CHUNK_BLOCKS);
    }
}
