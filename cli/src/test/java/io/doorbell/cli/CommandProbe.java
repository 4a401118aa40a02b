package io.doorbell.cli;

import io.doorbell.cli.lab.BenchPlan;
import io.doorbell.cli.lab.BenchRunner;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.lab.LabRunner;
import io.doorbell.cli.report.BenchReport;
import io.doorbell.cli.report.BenchReport.Row;
import io.doorbell.cli.report.LatencySummary;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.terminal.Ink;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command in process, in a folder of its own, over runners that only remember. */
final class CommandProbe {
    record Outcome(int exitCode, String out, String err) {}

    final List<Settings> runs = new ArrayList<>();
    final List<BenchPlan> benches = new ArrayList<>();
    private final Path folder;
    private LabRunner labRunner = (settings, progress) -> Reports.held();
    private long leastCommandsOfAPair = 90;

    /** The folder becomes home and working directory; it has the default recording. */
    CommandProbe(Path folder) throws IOException {
        this.folder = folder;
        write("traces/linux-ext4-life.iolog", "fio version 3 iolog");
    }

    CommandProbe running(LabRunner runner) {
        labRunner = runner;
        return this;
    }

    CommandProbe starving() {
        leastCommandsOfAPair = 0;
        return this;
    }

    Path write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, List.of(lines));
    }

    Outcome execute(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = main().execute(args, new PrintWriter(out), new PrintWriter(err));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    Main main() {
        Surroundings surroundings = new Surroundings(folder, folder, Ink.PLAIN, Ink.PLAIN, false);
        return new Main(() -> remembering(labRunner), this::benchRunner, surroundings);
    }

    private LabRunner remembering(LabRunner runner) {
        return (settings, progress) -> {
            runs.add(settings);
            return runner.run(settings, progress);
        };
    }

    private BenchRunner benchRunner() {
        return (plan, measured) -> {
            benches.add(plan);
            Row row =
                    new Row(
                            plan.queuePairCounts().getFirst(),
                            plan.depths().getFirst(),
                            2_000_000,
                            leastCommandsOfAPair,
                            110,
                            1_000_000_000,
                            LatencySummary.NONE,
                            48_000_000,
                            8_000_000);
            measured.accept(row);
            return new BenchReport("a machine", List.of(row), null, null);
        };
    }

    /** A runner that meets a fault of the user's. */
    static LabRunner refusing(InputException fault) {
        return (settings, progress) -> {
            throw fault;
        };
    }

    /** A runner that finds something wrong. */
    static LabRunner reporting(RunReport report) {
        return (settings, progress) -> report;
    }
}
