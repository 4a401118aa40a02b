package io.doorbell.cli.bench;

import io.doorbell.cli.report.BenchReport.Row;
import io.doorbell.cli.report.LatencySummary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures one row in a Java process of its own, so that what was compiled and collected for one
 * row does not colour the next.
 */
final class RowProcess {
    private static final int FIGURES = 10;

    private RowProcess() {}

    /** The child: arguments are pairs, depth, seconds; prints the figures of the row in a line. */
    public static void main(String[] args) {
        Row row =
                RealBench.measure(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]));
        LatencySummary latency = row.latency();
        System.out.println(
                "%d %d %d %d %d %d %d %d %d %d %d"
                        .formatted(
                                row.commands(),
                                row.leastCommandsOfAPair(),
                                row.mostCommandsOfAPair(),
                                row.measuredNanos(),
                                latency.p50Nanos(),
                                latency.p90Nanos(),
                                latency.p99Nanos(),
                                latency.p999Nanos(),
                                latency.maxNanos(),
                                row.allocatedBytes(),
                                Math.round(row.yardstickCommandsPerSecond())));
        System.exit(0);
    }

    /** Starts the child with the flags of this process, and waits for its row. */
    static Row measure(int pairs, int depth, int seconds) {
        List<String> command = new ArrayList<>();
        command.add(
                ProcessHandle.current()
                        .info()
                        .command()
                        .orElseThrow(
                                () -> new IllegalStateException("This system hides its java.")));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(RowProcess.class.getName());
        for (int argument : new int[] {pairs, depth, seconds}) {
            command.add(Integer.toString(argument));
        }
        return row(pairs, depth, output(command));
    }

    private static String output(List<String> command) {
        try {
            Process child =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (child.waitFor() != 0) {
                throw new IllegalStateException(
                        "The process that measures a row ended with " + child.exitValue() + ".");
            }
            return text.strip();
        } catch (IOException error) {
            throw new UncheckedIOException("No process could be started for a row", error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a row was measured.", error);
        }
    }

    private static Row row(int pairs, int depth, String line) {
        long[] figures = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Row(
                pairs,
                depth,
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                new LatencySummary(figures[4], figures[5], figures[6], figures[7], figures[8]),
                figures[9],
                figures[FIGURES]);
    }
}
