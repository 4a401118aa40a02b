package io.doorbell.bus.pattern;

/** What a block turned out to hold when it was not what it must be. */
public sealed interface BlockContent {
    /** All zeros: never written, deallocated, or a write that was lost. */
    record Zeros() implements BlockContent {}

    /** An intact stamp, perhaps of another address, version or run. */
    record Stamp(long lba, long version, long seed) implements BlockContent {}

    /**
     * Two versions of one block: a write that happened in part.
     *
     * @param version what the block is up to {@code tearAtByte}
     * @param tailVersion what it is from there to its end
     */
    record Torn(long lba, long version, long seed, int tearAtByte, long tailVersion)
            implements BlockContent {}

    /**
     * Starts as a stamp and does not go on as one: corrupted.
     *
     * @param firstWrongByte offset in the block of the first byte that does not fit its header
     */
    record Damaged(long lba, long version, long seed, int firstWrongByte) implements BlockContent {}

    /**
     * Nothing that a workload wrote.
     *
     * @param firstWord its first 8 bytes, little-endian
     */
    record Unknown(long firstWord) implements BlockContent {}
}
