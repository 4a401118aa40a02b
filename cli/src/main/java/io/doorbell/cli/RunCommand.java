package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.lab.LabRunner;
import io.doorbell.cli.lab.ProgressListener;
import io.doorbell.cli.report.JsonText;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.terminal.Ink;
import io.doorbell.cli.terminal.ProgressBar;
import io.doorbell.cli.terminal.SummaryPrinter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code doorbell run}: one run from bring-up to summary. */
@Command(
        name = "run",
        header = {"Run a workload on the device and print what happened.", ""},
        description = {
            "%nBrings up the controller, lets the host do the workload, verifies every block"
                    + " that is read, and prints a summary. Without a SCENARIO, application.conf"
                    + " says what to run.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell run",
            "  doorbell run --set driver.coalescing.threshold=1",
            "  doorbell run --set workload.kind=fio --set workload.fio.rw=randread",
            "  doorbell run --set namespace.kind=file --set namespace.file=disk.img --image-check",
            "  doorbell run my.conf --quiet --json - | jq .commandsPerSecond",
            "",
            "A scenario is a file with the settings that differ:",
            "  doorbell { driver { queue-pairs = 16, queue-depth = 128 } }",
            "",
            "Exit code 0: held, 1: failed, 2: input cannot be used, 3: internal error."
        })
final class RunCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin private final SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = {
                "Write the figures to FILE as JSON. '-' is standard output; the summary goes to"
                        + " standard error then."
            })
    private @Nullable String json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the verdict only: no summary, no progress bar.")
    private boolean quiet;

    @Option(
            names = "--image-check",
            description = {
                "After the run, read the image file past the device and compare it with what was"
                        + " acknowledged. Short for --set namespace.image-check=true."
            })
    private boolean imageCheck;

    RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws BadSettingsException, InputException {
        List<String> further = imageCheck ? List.of("namespace.image-check=true") : List.of();
        Settings settings = settingsOptions.load(context.surroundings(), further).settings();
        JsonOutput output = JsonOutput.open(json, context);
        RunReport report = run(context.labRunner().get(), settings);
        output.write(JsonText.of(report));
        print(report, output);
        return report.held() ? ExitCode.HELD : ExitCode.FAILED;
    }

    private RunReport run(LabRunner runner, Settings settings) throws InputException {
        if (quiet || !context.surroundings().progressShown()) {
            return runner.run(settings, ProgressListener.NONE);
        }
        try (ProgressBar bar = ProgressBar.open(context.err())) {
            return runner.run(settings, bar);
        }
    }

    private void print(RunReport report, JsonOutput output) {
        PrintWriter writer = output.takesStandardOutput() ? context.err() : context.out();
        Ink ink =
                output.takesStandardOutput()
                        ? context.surroundings().errInk()
                        : context.surroundings().outInk();
        SummaryPrinter printer = new SummaryPrinter(writer, ink);
        if (quiet) {
            printer.printVerdict(report);
        } else {
            printer.print(report);
        }
    }
}
