package io.doorbell.guest.workload;

/**
 * Visits each of 0 to {@code count - 1} once, in random order, in no memory.
 *
 * <p>What fio's random map achieves with a bit for each unit. Here three rounds of multiply, add
 * and shift, each a bijection on the next power of two, are repeated while the result lies outside
 * (at most once more on average). Far quicker than a map too large for the cache, and it never has
 * to search for the last free unit.
 */
final class RandomPermutation {
    private final long count;
    private final long mask;
    private final int shiftBits;
    private long multiplier1;
    private long multiplier2;
    private long multiplier3;
    private long addend;

    /** An order of {@code count} numbers, at least 1, drawn from the stream. */
    RandomPermutation(long count, RandomStream random) {
        this.count = count;
        int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(count - 1));
        this.mask = -1L >>> (Long.SIZE - bits);
        this.shiftBits = (bits + 1) / 2;
        redraw(random);
    }

    /** Draws another order. */
    void redraw(RandomStream random) {
        multiplier1 = random.nextLong() | 1;
        multiplier2 = random.nextLong() | 1;
        multiplier3 = random.nextLong() | 1;
        addend = random.nextLong();
    }

    /** The number at a position from 0 to {@code count - 1}. */
    long at(long position) {
        long number = position;
        do {
            number = ((number + addend) * multiplier1) & mask;
            number = ((number ^ (number >>> shiftBits)) * multiplier2) & mask;
            number = ((number ^ (number >>> shiftBits)) * multiplier3) & mask;
            number ^= number >>> shiftBits;
        } while (number >= count);
        return number;
    }
}
