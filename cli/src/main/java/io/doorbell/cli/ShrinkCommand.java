package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.simulated.Durations;
import io.doorbell.cli.simulated.JunitCase;
import io.doorbell.cli.terminal.ShrinkProgress;
import io.doorbell.cli.terminal.SimulationPrinter;
import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.shrink.ShrinkLimits;
import io.doorbell.simulation.shrink.ShrinkListener;
import io.doorbell.simulation.shrink.Shrinker;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code doorbell shrink}: a failing run made as small as it gets. */
@Command(
        name = "shrink",
        header = {"Make a failing case as small as it gets.", ""},
        description = {
            "%nLeaves out faults, then work, then choices, for as long as the run fails for the"
                    + " same cause, and writes the smallest run as a case of its own.%n"
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell shrink cases/seed-17.case",
            "  doorbell shrink cases/seed-17.case --junit src/test/java/Seed17Test.java",
            "",
            "Exit code 0: it was made smaller, or cannot be; 1: the case does not fail",
            "(any more), 2: input, 3: internal error."
        })
final class ShrinkCommand implements Callable<Integer> {
    private static final int RUNS_MAX = 1_000_000;
    private static final String ADVICE = "Name a file in an existing folder.";

    private final CommandContext context;

    @Parameters(paramLabel = "CASE", description = "A case that fails.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the result to FILE. Default: CASE with '-small' in its name.")
    private @Nullable String out;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write a JUnit test that fails for as long as the case does, to FILE.")
    private @Nullable String junit;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Try so many runs at most. Default: 5000.")
    private int runs = ShrinkLimits.USUAL.runs();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "Take so much time at most, such as 90s. Default: 60s.")
    private String time = "60s";

    ShrinkCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        if (runs < 1 || runs > RUNS_MAX) {
            throw InputException.of(
                    "--runs " + runs + " is out of range.", "Allowed: 1 to " + RUNS_MAX + ".");
        }
        ShrinkLimits limits = new ShrinkLimits(runs, Durations.nanos("--time", time));
        Case large = CaseFiles.read(file, context);
        String target = out == null ? smallName(file) : out;
        OutputFile small = OutputFile.open("--out", target, ADVICE, context);
        OutputFile test = junit == null ? null : OutputFile.open("--junit", junit, ADVICE, context);
        String className = junit == null ? "" : className(junit);
        SimulationPrinter printer =
                new SimulationPrinter(context.out(), context.surroundings().outInk());
        Shrinker.Result result = shrink(large, limits);
        if (!result.reproduced()) {
            printer.bad(
                    large.ending().cause().isEmpty()
                            ? "FAILED: this case records a run that held; there is nothing to shrink."
                            : "FAILED: the case does not fail here as recorded: "
                                    + large.ending().problem()
                                    + ".");
            return ExitCode.FAILED;
        }
        Case smallest = result.smallest();
        small.write(smallest.text());
        if (test != null) {
            test.write(JunitCase.source(className, smallest));
        }
        printer.line("Before", result.before().toString());
        printer.line("After", "%s, by %,d runs".formatted(result.after(), result.runs()));
        printer.plan(smallest.scenario(), smallest.faults());
        printer.line("Again", "doorbell replay " + target);
        printer.good("Shrunk: " + smallest.ending().problem() + ".");
        return ExitCode.HELD;
    }

    private Shrinker.Result shrink(Case large, ShrinkLimits limits) {
        boolean shown = context.surroundings().progressShown();
        ShrinkProgress progress = new ShrinkProgress(context.err());
        ShrinkListener listener = shown ? progress : ShrinkListener.NONE;
        try (Silence _ = new Silence();
                Shrinker shrinker =
                        new Shrinker(Laboratory::new, limits, System::nanoTime, listener)) {
            return shrinker.shrink(large);
        } finally {
            progress.close();
        }
    }

    /** {@code seed-17.case} becomes seed-17-small.case. */
    private static String smallName(Path file) {
        String name = file.toString();
        return name.endsWith(".case")
                ? name.substring(0, name.length() - ".case".length()) + "-small.case"
                : name + "-small";
    }

    private static String className(String path) throws InputException {
        String name = JunitCase.className(String.valueOf(Path.of(path).getFileName()));
        if (name.isEmpty()) {
            throw InputException.of(
                    "--junit '" + path + "' is no name of a Java class.",
                    "Name it as the class, such as Seed17Test.java.");
        }
        return name;
    }
}
