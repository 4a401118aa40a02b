package io.doorbell.bus.pattern;

/** The mixing function of SplitMix64 (Steele, Lea, Flood 2014), and its inverse. */
public final class SplitMix {
    /** The odd number nearest to 2^64 divided by the golden ratio. */
    public static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private SplitMix() {}

    /** Spreads every input bit over all output bits; a bijection. */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Undoes {@link #mix}. */
    public static long unmix(long mixed) {
        long value = mixed ^ (mixed >>> 31) ^ (mixed >>> 62);
        value *= 0x319642B2D24D8EC3L;
        value = value ^ (value >>> 27) ^ (value >>> 54);
        value *= 0x96DE1B173F119089L;
        return value ^ (value >>> 30) ^ (value >>> 60);
    }
}
