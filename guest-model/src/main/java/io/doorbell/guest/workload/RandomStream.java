package io.doorbell.guest.workload;

import io.doorbell.bus.pattern.SplitMix;

/**
 * Random numbers from a seed (SplitMix64: Steele, Lea, Flood 2014). The same seed gives the same
 * numbers on every machine and release, which the JDK promises only for its slow generators.
 */
public final class RandomStream {
    private long state;

    /** A stream of its own for each seed; neighbouring seeds give unrelated streams. */
    public RandomStream(long seed) {
        state = SplitMix.mix(seed);
    }

    /** The next 64 bits, all values alike. */
    public long nextLong() {
        state += SplitMix.GOLDEN;
        return SplitMix.mix(state);
    }

    /**
     * A number from 0 to {@code bound - 1}, all alike but for a bias below bound / 2^64.
     *
     * @param bound 1 or more
     */
    public long nextBelow(long bound) {
        return Math.unsignedMultiplyHigh(nextLong(), bound);
    }
}
