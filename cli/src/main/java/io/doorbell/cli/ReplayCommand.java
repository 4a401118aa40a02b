package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.terminal.SimulationPrinter;
import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Spectator;
import io.doorbell.simulation.trace.TraceHash;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code doorbell replay}: a recorded run once more. */
@Command(
        name = "replay",
        header = {"Run a recorded case again.", ""},
        description = {
            "%nMakes the run of a case again, choice by choice, and says whether it ended as it"
                    + " did then.%n"
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell replay cases/seed-17.case",
            "",
            "Exit code 0: the run holds, 1: it fails, 2: input, 3: internal error."
        })
final class ReplayCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "CASE",
            description = "A file that 'explore', 'run --case' or 'shrink' wrote.")
    private Path file = Path.of("");

    ReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        Case recorded = CaseFiles.read(file, context);
        SimulationPrinter printer =
                new SimulationPrinter(context.out(), context.surroundings().outInk());
        printer.plan(recorded.scenario(), recorded.faults());
        try (Silence _ = new Silence();
                Laboratory laboratory = new Laboratory()) {
            Outcome outcome =
                    laboratory.run(recorded.scenario(), recorded.plan(false), Spectator.NONE);
            printer.outcome(outcome);
            compare(recorded, outcome, printer);
            printer.verdict(outcome);
            return outcome.held() ? ExitCode.HELD : ExitCode.FAILED;
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
