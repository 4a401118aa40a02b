package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts of the I/O queues, by what made each fire, where that is known.
 *
 * @param byThreshold enough completions were waiting
 * @param byTime the first of them had waited long enough
 * @param notCoalesced coalescing was off, or the completion carried an error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InterruptReport(
        @Nullable Long byThreshold,
        @Nullable Long byTime,
        @Nullable Long notCoalesced,
        long total) {

    public static InterruptReport byCause(long byThreshold, long byTime, long notCoalesced) {
        return new InterruptReport(
                byThreshold, byTime, notCoalesced, byThreshold + byTime + notCoalesced);
    }

    public static InterruptReport ofUnknownCause(long total) {
        return new InterruptReport(null, null, null, total);
    }
}
