package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.simulated.TraceForm;
import io.doorbell.cli.terminal.SimulationPrinter;
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

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code doorbell replay}: a recorded run once more. */
@Command(
        name = "replay",
        header = {"Run a recorded case again.", ""},
        description = {
            "%nMakes the run of a case again, choice by choice, and says whether it ended as it"
                    + " did then. A trace shows all that passed between host and device: as"
                    + " aligned text, as JSON lines, or for ui.perfetto.dev. Without --trace a run"
                    + " that fails shows its last events.%n"
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell replay cases/seed-17.case",
            "  doorbell replay cases/seed-17.case --trace --until 500",
            "  doorbell replay cases/seed-17.case --trace=perfetto --out trace.json",
            "",
            "Exit code 0: the run holds, 1: it fails, 2: input, 3: internal error."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int LAST_EVENTS = 24;

    private final CommandContext context;

    @Parameters(
            paramLabel = "CASE",
            description = "A file that 'explore', 'run --case' or 'shrink' wrote.")
    private Path caseFile = Path.of("");

    @Option(
            names = "--trace",
            arity = "0..1",
            fallbackValue = "text",
            paramLabel = "FORM",
            description = "Print every event: text (also when FORM is left out), json, perfetto.")
    private @Nullable String form;

    @Option(
            names = "--until",
            paramLabel = "STEP",
            description = "Show only events before this step of the world.")
    private long until = Long.MAX_VALUE;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the trace to FILE instead of standard output.")
    private @Nullable String out;

    ReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        TraceForm traceForm = form == null ? null : TraceForm.parse(form);
        if (out != null && traceForm == null) {
            throw InputException.of("--out is for a trace.", "Add --trace, json or perfetto.");
        }
        OutputFile file =
                out == null
                        ? null
                        : OutputFile.open(
                                "--out", out, "Name a file in an existing folder.", context);
        Case recorded = CaseFiles.read(caseFile, context);
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
