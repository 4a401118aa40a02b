package io.doorbell.testkit.interrupts;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.pci.InterruptReason;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.interrupts.TracedInterrupts.Sent;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Interrupts per command against threshold and time (Base §5.27.1.6): each within what the
 * specification allows, written down, and the same as in the documentation.
 */
class CoalescingTableTest {
    private static final Path GENERATED = Path.of("target", "coalescing.md");
    private static final Path DOCUMENTED = Path.of("..", "docs", "coalescing.md");
    private static final int[] THRESHOLDS = {1, 2, 4, 8, 16, 64, 256};
    private static final int[] TIMES = {0, 1, 2, 5, 10, 50, 255}; // in 100 us
    private static final int COMMANDS = 1_024;
    private static final long PERIOD_NANOS = 30_000; // no multiple of it is a time of the table
    private static final long TIME_UNIT_NANOS = 100_000;

    /**
     * What one setting did to a steady stream of commands.
     *
     * @param longestWaitNanos from a completion to the interrupt that told of it
     */
    private record Cell(int interrupts, long longestWaitNanos, InterruptReason reason) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.3f %s, %,d",
                    (double) interrupts / COMMANDS,
                    switch (reason) {
                        case THRESHOLD -> "n";
                        case TIME -> "t";
                        default -> "-";
                    },
                    longestWaitNanos / 1_000);
        }
    }

    @Test
    void table_isWithinTheRulesAndDocumented() throws IOException {
        List<String> lines = new ArrayList<>(heading());
        for (int threshold : THRESHOLDS) {
            StringBuilder row = new StringBuilder("| " + threshold + " |");
            for (int time : TIMES) {
                row.append(' ').append(measure(threshold, time)).append(" |");
            }
            lines.add(row.toString());
        }
        Files.createDirectories(GENERATED.getParent());
        Files.write(GENERATED, lines);
        assertThat(Files.readAllLines(DOCUMENTED))
                .as("copy testkit/target/coalescing.md to docs if the change is wanted")
                .isEqualTo(lines);
    }

    private static List<String> heading() {
        StringBuilder columns = new StringBuilder("| entries \\ time |");
        StringBuilder rule = new StringBuilder("|---|");
        for (int time : TIMES) {
            columns.append(String.format(Locale.ROOT, " %.1f ms |", time / 10.0));
            rule.append("---|");
        }
        return List.of(
                "# Interrupts per command",
                "",
                "What Interrupt Coalescing (feature 08h, Base §5.27.1.6) does to a queue whose commands complete",
                "one by one, 30 µs apart. Threshold in entries (THR + 1), time as set (TIME). Each cell: interrupts",
                "per command; what sent them: `-` not coalesced, `n` the threshold, `t` the time; and the longest",
                "that a completion waited for its interrupt, in µs. Made by `CoalescingTableTest`, which holds that",
                "no completion waits longer than the time, no interrupt tells of fewer entries than the threshold",
                "before its time, and nothing is withheld with a threshold of one entry or no time.",
                "",
                columns.toString(),
                rule.toString());
    }

    private static Cell measure(int threshold, int time) {
        try (TracedInterrupts traced = new TracedInterrupts()) {
            Host host = traced.host.start();
            HostQueue queue = host.createPair(1, 1_024);
            host.adminOk(
                    Commands.setFeature(
                            FeatureId.INTERRUPT_COALESCING, time << 8 | (threshold - 1)));
            traced.forget();
            List<Long> posted = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                posted.add(host.function().nanoTime());
                queue.run(Commands.flush(1));
                host.elapse(PERIOD_NANOS);
            }
            host.elapse(TIME_UNIT_NANOS * 256);
            return check(traced.of(1), posted, threshold, time * TIME_UNIT_NANOS);
        }
    }

    /** Goes through the interrupts, and through the completions that each of them tells of. */
    private static Cell check(List<Sent> sent, List<Long> posted, int threshold, long timeNanos) {
        boolean coalesces = threshold > 1 && timeNanos > 0;
        int told = 0;
        long longestWait = 0;
        int byTime = 0;
        for (Sent interrupt : sent) {
            int first = told;
            while (told < posted.size() && posted.get(told) <= interrupt.nanos()) {
                told++;
            }
            long wait = interrupt.nanos() - posted.get(first);
            longestWait = Math.max(longestWait, wait);
            assertThat(wait).isLessThanOrEqualTo(coalesces ? timeNanos : 0);
            switch (interrupt.reason()) {
                case THRESHOLD -> assertThat(told - first).isEqualTo(threshold);
                case TIME -> {
                    byTime++;
                    assertThat(wait).isEqualTo(timeNanos);
                    assertThat(told - first).isLessThanOrEqualTo(threshold);
                }
                default -> assertThat(coalesces).isFalse();
            }
        }
        assertThat(told).as("completions that were told of").isEqualTo(posted.size());
        InterruptReason reason =
                !coalesces
                        ? InterruptReason.NOT_COALESCED
                        : byTime > sent.size() / 2
                                ? InterruptReason.TIME
                                : InterruptReason.THRESHOLD;
        return new Cell(sent.size(), longestWait, reason);
    }
}
