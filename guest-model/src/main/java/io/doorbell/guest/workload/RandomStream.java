package io.doorbell.guest.workload;

/**
 * Random numbers from a seed (SplitMix64: Steele, Lea, Flood 2014). The same seed gives the same
 * numbers on every machine and release, which the JDK promises only for its slow generators.
 */
public final class RandomStream {
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** A stream of its own for each seed; neighbouring seeds give unrelated streams. */
    public RandomStream(long seed) {
        state = mix(seed);
    }

    /** The next 64 bits, all values alike. */
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /**
     * A number from 0 to {@code bound - 1}, all alike but for a bias below bound / 2^64.
     *
     * @param bound 1 or more
     */
    public long nextBelow(long bound) {
        return Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    /** Spreads every input bit over all output bits; a bijection. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Undoes {@link #mix}. */
    static long unmix(long mixed) {
        long value = mixed ^ (mixed >>> 31) ^ (mixed >>> 62);
        value *= 0x319642B2D24D8EC3L;
        value = value ^ (value >>> 27) ^ (value >>> 54);
        value *= 0x96DE1B173F119089L;
        return value ^ (value >>> 30) ^ (value >>> 60);
    }
}
