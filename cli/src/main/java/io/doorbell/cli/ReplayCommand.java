package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.replay.Replayed;
import io.doorbell.cli.replay.TraceReplay;
import io.doorbell.cli.simulated.TraceForm;
import io.doorbell.cli.terminal.ProgressBar;
import io.doorbell.cli.terminal.SimulationPrinter;
import io.doorbell.cli.terminal.TracePrinter;
import io.doorbell.cli.trace.TraceReader;
import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Trials;
import io.doorbell.simulation.machine.SimulatedMachine;
import io.doorbell.simulation.timeline.Timeline;
import io.doorbell.simulation.trace.TraceHash;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** {@code doorbell replay}: a recorded run once more. */
@Command(
        name = "replay",
        header = {"Run a recorded case again, or a trace of a served device.", ""},
        description = {
            "%nMakes the run of a case again, choice by choice, and says whether it ended as it"
                    + " did then. --trace shows all that passed between host and device: as"
                    + " aligned text, as JSON lines, or for ui.perfetto.dev. Without --trace a run"
                    + " that fails shows its last events.",
            "%nA trace that 'serve --trace' recorded is replayed without its machine: a freshly"
                    + " powered controller gets the same register accesses and reads the same"
                    + " memory, in virtual time, and answers, completions, interrupts and what it"
                    + " writes are compared. The order of completions, the number of interrupts"
                    + " and of looks at shadow doorbells may differ: they depend on time.%n"
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell replay cases/seed-17.case",
            "  doorbell replay cases/seed-17.case --trace --until 500",
            "  doorbell replay cases/seed-17.case --trace=perfetto --out trace.json",
            "  doorbell replay trace.gz",
            "  doorbell replay trace.gz --image copy-of-disk.img",
            "",
            "Exit code 0: the run holds, or all is as in the trace, 1: it fails, or is not,",
            "2: input, 3: internal error."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int LAST_EVENTS = 24;

    private final CommandContext context;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A case that 'explore', 'run --case' or 'shrink' wrote, or a trace of 'serve"
                            + " --trace'.")
    private Path recording = Path.of("");

    @Option(
            names = "--trace",
            arity = "0..1",
            fallbackValue = "text",
            paramLabel = "FORM",
            description =
                    "Of a case, print every event: text (also when FORM is left out), json,"
                            + " perfetto.")
    private @Nullable String form;

    @Option(
            names = "--until",
            paramLabel = "STEP",
            description = "With --trace: show only events before this step of the world.")
    private long until = Long.MAX_VALUE;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "With --trace: write to FILE instead of standard output.")
    private @Nullable String out;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description =
                    "Of a trace, the image as it was when the trace began; it is not changed."
                            + " Without it, data of blocks that the machine had not written is not"
                            + " compared.")
    private @Nullable Path image;

    ReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        Path file = context.surroundings().workingDirectory().resolve(recording).normalize();
        return isTrace(file) ? replayTrace(file) : replayCase();
    }

    private static boolean isTrace(Path file) {
        try {
            return TraceReader.isTrace(file);
        } catch (IOException unreadable) {
            return false; // as a case, it will be told
        }
    }

    private int replayTrace(Path file) throws InputException {
        if (form != null || out != null || until != Long.MAX_VALUE) {
            throw InputException.inFile(
                    file,
                    0,
                    "This is a trace already: --trace, --until and --out are for cases.",
                    "Leave them out.");
        }
        Path start =
                image == null ? null : context.surroundings().workingDirectory().resolve(image);
        AtomicLong line = new AtomicLong();
        Replayed replayed;
        try (Silence _ = new Silence();
                TraceReplay replay = new TraceReplay(start);
                ProgressBar bar = progressBar()) {
            if (bar != null) {
                bar.stage("Replaying", 0, line::get);
            }
            replayed = replay.run(file, line::set);
        }
        new TracePrinter(context.out(), context.surroundings().outInk())
                .print(recording.toString(), replayed);
        return replayed.isSame() ? ExitCode.HELD : ExitCode.FAILED;
    }

    private @Nullable ProgressBar progressBar() {
        return context.surroundings().progressShown() ? ProgressBar.open(context.err()) : null;
    }

    private int replayCase() throws InputException {
        if (image != null) {
            throw InputException.of("--image is for traces.", "Leave it out.");
        }
        TraceForm traceForm = form == null ? null : TraceForm.parse(form);
        if (out != null && traceForm == null) {
            throw InputException.of("--out is for a trace.", "Add --trace, json or perfetto.");
        }
        OutputFile file =
                out == null
                        ? null
                        : OutputFile.open(
                                "--out", out, "Name a file in an existing folder.", context);
        Case recorded = CaseFiles.read(recording, context);
        boolean printsTrace = traceForm != null && file == null;
        SimulationPrinter printer =
                new SimulationPrinter(
                        printsTrace ? context.err() : context.out(),
                        printsTrace
                                ? context.surroundings().errInk()
                                : context.surroundings().outInk());
        printer.plan(recorded.scenario(), recorded.faults());
        Timeline timeline =
                new Timeline(
                        new SimulatedMachine.Builder().facts(recorded.scenario()),
                        traceForm == null ? LAST_EVENTS : Integer.MAX_VALUE,
                        until);
        Outcome outcome = run(recorded, timeline);
        if (traceForm != null) {
            write(traceForm.text(timeline.events()), file);
        } else if (!outcome.held()) {
            printer.events(timeline);
        }
        printer.outcome(outcome);
        printer.breach(outcome);
        compare(recorded, outcome, printer);
        printer.verdict(outcome);
        return outcome.held() ? ExitCode.HELD : ExitCode.FAILED;
    }

    private static Outcome run(Case recorded, Timeline timeline) {
        try (Silence _ = new Silence();
                Trials trials = new Trials(Laboratory::new)) {
            return trials.run(recorded.scenario(), recorded.plan(false), timeline);
        }
    }

    private void write(String trace, @Nullable OutputFile file) throws InputException {
        if (file == null) {
            context.out().print(trace);
            context.out().flush();
        } else {
            file.write(trace);
        }
    }

    private static void compare(Case recorded, Outcome outcome, SimulationPrinter printer) {
        if (recorded.isSameRun(outcome)) {
            printer.line("Replayed", "the same run as recorded, to the last step");
            return;
        }
        printer.line(
                "Replayed",
                "NOT the run that was recorded: that had trace hash "
                        + TraceHash.text(recorded.ending().traceHash()));
        printer.line("", "and was made by build " + recorded.build() + ".");
        printer.line(
                "",
                recorded.ending().cause().isEmpty()
                        ? "It held."
                        : "It failed: " + recorded.ending().problem() + ".");
    }
}
