package io.doorbell.cli;

import io.doorbell.cli.foreign.ForeignDevice;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.lab.LabRunner;
import io.doorbell.cli.lab.ProgressListener;
import io.doorbell.cli.machine.ForeignLab;
import io.doorbell.cli.report.JsonText;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.LoadedSettings;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.terminal.Ink;
import io.doorbell.cli.terminal.ProgressBar;
import io.doorbell.cli.terminal.SimulationPrinter;
import io.doorbell.cli.terminal.SummaryPrinter;
import io.doorbell.simulation.explore.Draw;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code doorbell run}: one run from bring-up to summary. */
@Command(
        name = "run",
        header = {"Run a workload on the device and print what happened.", ""},
        description = {
            "%nBrings up the controller, lets the host do the workload, verifies every block"
                    + " that is read, and prints a summary. Without a SCENARIO, application.conf"
                    + " says what to run.%n",
            "With --seed the same device and host run in a simulated world: one thread, virtual"
                    + " time, and every choice from the seed. The same seed is the same run, which"
                    + " its trace hash shows. Without a SCENARIO and --set the seed chooses the"
                    + " scenario as well.%n",
            "With --socket the host works on whatever NVMe device a vfio-user server serves there:"
                    + " 'doorbell serve', SPDK, or one of your own. WHAT IS ON ITS FIRST NAMESPACE"
                    + " IS LOST: a verified run makes all its blocks zeros first. Controller and"
                    + " namespace are what they are, whatever files of settings say; --set cannot"
                    + " change them.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell run",
            "  doorbell run --set driver.coalescing.threshold=1",
            "  doorbell run --set workload.kind=fio --set workload.fio.rw=randread",
            "  doorbell run --set namespace.kind=file --set namespace.file=disk.img --image-check",
            "  doorbell run my.conf --quiet --json - | jq .commandsPerSecond",
            "  doorbell run --socket nvme.sock",
            "  doorbell run --seed 17 --check-determinism",
            "  doorbell run my.conf --seed 17 --faults 'lose at interrupt/2 nth 3'",
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

    @Mixin private final SocketOptions socketOptions = new SocketOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Simulate: every choice comes from seed N, a whole number.")
    private @Nullable Long seed;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            description = {
                "With --seed: what goes wrong, such as 'lose at interrupt/2 nth 3'. May be given"
                        + " several times. 'drawn': what the seed draws. Default: what the"
                        + " scenario says ('faults = [...]'), else none."
            })
    private @Nullable List<String> faults;

    @Option(
            names = "--check-determinism",
            description = {
                "With --seed: run twice in fresh worlds, and name the first step that differs."
            })
    private boolean checkDeterminism;

    @Option(
            names = "--case",
            paramLabel = "FILE",
            description = "With --seed: write the run to FILE, for replay and shrink.")
    private @Nullable String caseFile;

    RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws BadSettingsException, InputException {
        Path socket = socketOptions.path(context.surroundings());
        Long simulated = seed;
        if (simulated != null) {
            return simulate(simulated, socket);
        }
        if (checkDeterminism || caseFile != null || faults != null) {
            throw InputException.of(
                    "--check-determinism, --case and --faults are for simulated runs.",
                    "Add --seed with any whole number.");
        }
        if (socket != null) {
            return runAt(socket);
        }
        List<String> further = imageCheck ? List.of("namespace.image-check=true") : List.of();
        return run(settingsOptions.load(context.surroundings(), further), context.labRunner());
    }

    private int runAt(Path socket) throws BadSettingsException, InputException {
        if (imageCheck) {
            throw InputException.of(
                    "--image-check is for an image of our own device.",
                    "Leave it out; only the server of a socket knows what is behind it.");
        }
        ForeignDevice device = ForeignDevice.find(socket, socketOptions.access());
        return run(
                settingsOptions.loadFor(device.settings(), context.surroundings()),
                () -> new ForeignLab(device));
    }

    private int run(LoadedSettings loaded, Supplier<LabRunner> runner) throws InputException {
        if (loaded.faults().isPresent()) {
            throw InputException.of(
                    "The settings say faults, and only simulated runs have any.",
                    "Add --seed with any whole number, or leave 'faults' out.");
        }
        JsonOutput output = JsonOutput.open(json, context);
        RunReport report = run(runner.get(), loaded.settings());
        output.write(JsonText.of(report));
        print(report, output);
        return report.held() ? ExitCode.HELD : ExitCode.FAILED;
    }

    private int simulate(long simulatedSeed, @Nullable Path socket)
            throws BadSettingsException, InputException {
        if (socket != null) {
            throw InputException.of(
                    "A simulated run has a device of its own, in a world of its own.",
                    "Leave --seed or --socket out.");
        }
        if (json != null || imageCheck) {
            throw InputException.of(
                    "--json and --image-check are for the real runtime.", "Leave --seed out.");
        }
        Draw draw = SeededRun.draws(settingsOptions, faults, "none", context).apply(simulatedSeed);
        Optional<OutputFile> output =
                caseFile == null
                        ? Optional.empty()
                        : Optional.of(
                                OutputFile.open(
                                        "--case",
                                        caseFile,
                                        "Name a file in an existing folder.",
                                        context));
        PrintWriter writer = quiet ? new PrintWriter(Writer.nullWriter()) : context.out();
        SimulationPrinter printer = new SimulationPrinter(writer, context.surroundings().outInk());
        return new SeededRun(simulatedSeed, draw, printer).run(checkDeterminism, output);
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
