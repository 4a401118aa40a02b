package io.doorbell.simulation.shrink;

/**
 * When shrinking ends at the latest, with what it has got.
 *
 * @param runs tried
 * @param nanos of wall-clock time
 */
public record ShrinkLimits(int runs, long nanos) {
    /** Enough for nearly all: a run takes milliseconds. */
    public static final ShrinkLimits USUAL = new ShrinkLimits(5_000, 60_000_000_000L);
}
