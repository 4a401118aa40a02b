package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Interrupts of the I/O queues, by what made each fire.
 *
 * @param byThreshold enough completions were waiting
 * @param byTime the first of them had waited long enough
 * @param notCoalesced coalescing was off, or the completion carried an error
 */
public record InterruptReport(long byThreshold, long byTime, long notCoalesced) {
    @JsonProperty
    public long total() {
        return byThreshold + byTime + notCoalesced;
    }
}
