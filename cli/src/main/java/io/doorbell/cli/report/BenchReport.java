package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a benchmark measured.
 *
 * @param machine processor, cores, memory and Java, in a line
 * @param rows in the order of the plan
 * @param idle what nothing costs; null if it was not measured
 * @param coalescing how the coalescing time is kept; null if it was not measured
 */
@JsonPropertyOrder({"formatVersion", "held"})
public record BenchReport(
        String machine,
        List<Row> rows,
        @Nullable IdleReport idle,
        @Nullable CoalescingReport coalescing) {
    private static final int FORMAT_VERSION = 1;

    public BenchReport {
        rows = List.copyOf(rows);
    }

    /** Grows when a name in the JSON changes its meaning or goes away. */
    @JsonProperty
    public int formatVersion() {
        return FORMAT_VERSION;
    }

    /** Whether no row has a starved queue pair. */
    @JsonProperty
    public boolean held() {
        return rows.stream().noneMatch(Row::starved);
    }

    /**
     * One number of queue pairs at one depth.
     *
     * @param commands completed in the measured time, all pairs together
     * @param leastCommandsOfAPair completed by the pair that got least
     * @param mostCommandsOfAPair completed by the pair that got most
     * @param measuredNanos how long it was measured
     * @param latency NONE unless it was measured
     * @param allocatedBytes heap allocated in the measured time, all threads together
     * @param yardstickCommandsPerSecond the same ring work by one thread without actors
     */
    public record Row(
            int queuePairs,
            int depth,
            long commands,
            long leastCommandsOfAPair,
            long mostCommandsOfAPair,
            long measuredNanos,
            LatencySummary latency,
            long allocatedBytes,
            double yardstickCommandsPerSecond) {

        @JsonProperty
        public double commandsPerSecond() {
            return Ratio.perSecond(commands, measuredNanos);
        }

        @JsonProperty
        public double allocatedBytesPerCommand() {
            return Ratio.of(allocatedBytes, commands);
        }

        /** Of the yardstick; 0 if there is none. */
        @JsonProperty
        public double ratioToYardstick() {
            return yardstickCommandsPerSecond == 0
                    ? 0
                    : commandsPerSecond() / yardstickCommandsPerSecond;
        }

        /** Whether some pair got nothing done at all, which disqualifies the row. */
        @JsonProperty
        public boolean starved() {
            return leastCommandsOfAPair == 0;
        }
    }
}
