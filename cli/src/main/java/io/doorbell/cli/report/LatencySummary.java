package io.doorbell.cli.report;

import org.HdrHistogram.AbstractHistogram;

/** How long commands took, from the ring of the doorbell to the host's sight of the completion. */
public record LatencySummary(
        long p50Nanos, long p90Nanos, long p99Nanos, long p999Nanos, long maxNanos) {
    /** Of no commands at all. */
    public static final LatencySummary NONE = new LatencySummary(0, 0, 0, 0, 0);

    /** The percentiles of a histogram of nanoseconds. */
    public static LatencySummary of(AbstractHistogram nanos) {
        if (nanos.getTotalCount() == 0) {
            return NONE;
        }
        return new LatencySummary(
                nanos.getValueAtPercentile(50),
                nanos.getValueAtPercentile(90),
                nanos.getValueAtPercentile(99),
                nanos.getValueAtPercentile(99.9),
                nanos.getMaxValue());
    }
}
