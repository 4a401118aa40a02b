package io.doorbell.cli.terminal;

import static io.doorbell.cli.terminal.Quantity.count;
import static io.doorbell.cli.terminal.Quantity.ratio;
import static io.doorbell.cli.terminal.Quantity.size;
import static io.doorbell.cli.terminal.Quantity.time;

import io.doorbell.cli.report.BenchReport;
import io.doorbell.cli.report.BenchReport.Row;
import io.doorbell.cli.report.CoalescingReport;
import io.doorbell.cli.report.IdleReport;
import io.doorbell.cli.report.LatencySummary;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints a benchmark as a table, each row as soon as it is measured. */
public final class BenchPrinter {
    private final PrintWriter out;
    private final Ink ink;

    public BenchPrinter(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    /** The heads of the columns. */
    public void printHead() {
        String head =
                line(
                        "Pairs",
                        "Depth",
                        "Commands/s",
                        "Least/pair",
                        "Most/pair",
                        "B/cmd",
                        "Yardstick",
                        "Ratio");
        out.println(ink.bold(head));
        out.flush();
    }

    /** One row, and a line about its latency if that was measured. */
    public void printRow(Row row) {
        String text =
                line(
                        Integer.toString(row.queuePairs()),
                        Integer.toString(row.depth()),
                        count(Math.round(row.commandsPerSecond())),
                        count(row.leastCommandsOfAPair()),
                        count(row.mostCommandsOfAPair()),
                        count(Math.round(row.allocatedBytesPerCommand())),
                        millions(row.yardstickCommandsPerSecond()),
                        ratio(row.ratioToYardstick()));
        out.println(row.starved() ? ink.bad(text) : text);
        LatencySummary latency = row.latency();
        if (!latency.equals(LatencySummary.NONE)) {
            out.println(
                    "              latency p50 "
                            + time(latency.p50Nanos())
                            + ", p99 "
                            + time(latency.p99Nanos())
                            + ", max "
                            + time(latency.maxNanos()));
        }
        out.flush();
    }

    /** The machine, and the verdict as the last line. */
    public void printEnd(BenchReport report) {
        long starved = report.rows().stream().filter(Row::starved).count();
        printRest(report);
        out.println();
        out.println("Machine: " + report.machine());
        out.println(
                starved == 0
                        ? ink.good(
                                "Held: " + count(report.rows().size()) + " rows, no pair starved.")
                        : ink.bad(
                                "FAILED: "
                                        + count(starved)
                                        + " of "
                                        + count(report.rows().size())
                                        + " rows have a starved queue pair and do not count."));
        out.flush();
    }

    private void printRest(BenchReport report) {
        IdleReport idle = report.idle();
        if (idle != null) {
            out.println();
            out.println(
                    "Idle:    %s queue pairs for %s: %.2f %% of a core, %s messages; %s of heap each"
                            .formatted(
                                    count(idle.queuePairs()),
                                    time(idle.measuredNanos()),
                                    idle.cpuPercent(),
                                    count(idle.messages()),
                                    size(idle.heapBytesPerPair())));
        }
        CoalescingReport coalescing = report.coalescing();
        if (coalescing != null) {
            out.println(
                    "Timer:   coalescing time %s: told after p50 %s, p99 %s"
                            .formatted(
                                    time(1_000 * coalescing.timeMicros()),
                                    time(coalescing.latency().p50Nanos()),
                                    time(coalescing.latency().p99Nanos())));
        }
    }

    private static String millions(double perSecond) {
        return String.format(Locale.ROOT, "%.1f M/s", perSecond / 1e6);
    }

    private static String line(String... cells) {
        return String.format(Locale.ROOT, "%6s %6s %12s %12s %12s %6s %10s %7s", (Object[]) cells);
    }
}
