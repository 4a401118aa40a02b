package io.doorbell.simulation.observe;

/** Why the device may not have noticed what a host rang: faults on the way of the news. */
final class Overlooked {
    private long untilNanos;
    private boolean kickLost;

    /** A wake-up inside the device comes then, or never. */
    void wakeMissing(long arrivalNanos) {
        untilNanos = Math.max(untilNanos, arrivalNanos);
    }

    /** A ring that only tells of the shadow buffer did not arrive as it was meant. */
    void kickMissing() {
        kickLost = true;
    }

    /** A ring has arrived that makes up for those before it. */
    void kicked() {
        kickLost = false;
    }

    boolean isPossible(long nowNanos) {
        return kickLost || nowNanos < untilNanos;
    }
}
