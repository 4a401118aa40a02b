package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a controller and a host cost that have nothing to do.
 *
 * @param queuePairs how many there were
 * @param measuredNanos how long they were watched
 * @param cpuNanos processor time of the whole process in that time
 * @param messages between actors in that time
 * @param heapBytesPerPair live heap of a queue pair, its rings not counted
 */
public record IdleReport(
        int queuePairs, long measuredNanos, long cpuNanos, long messages, long heapBytesPerPair) {

    /** Of one core. */
    @JsonProperty
    public double cpuPercent() {
        return 100 * Ratio.of(cpuNanos, measuredNanos);
    }
}
