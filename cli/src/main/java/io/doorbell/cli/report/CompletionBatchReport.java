package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How completions were posted.
 *
 * @param batches times that a completion queue posted something
 * @param entries completion entries posted in all
 */
public record CompletionBatchReport(long batches, long entries) {
    @JsonProperty
    public double meanEntries() {
        return Ratio.of(entries, batches);
    }
}
