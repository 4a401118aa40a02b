package io.doorbell.cli;

import io.doorbell.cli.lab.BenchPlan;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.report.BenchReport;
import io.doorbell.cli.report.JsonText;
import io.doorbell.cli.terminal.BenchPrinter;
import io.doorbell.cli.terminal.Ink;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code doorbell bench}: how fast the whole system is, beside a yardstick. */
@Command(
        name = "bench",
        header = {"Measure commands per second of the whole system.", ""},
        description = {
            "%nRuns the full command path over the null namespace, for every number of queue pairs"
                    + " at every depth, each row in a process of its own, and beside it the"
                    + " yardstick: one thread that does the same ring work without actors. A row"
                    + " with a starved pair does not count. With 16 or more pairs to a vector,"
                    + " interrupts are coalesced. The settings of application.conf are not"
                    + " used.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell bench",
            "  doorbell bench --pairs 1,1000 --depths 1,32 --seconds 5 --json bench.json",
            "",
            "Exit code 0: held, 1: a queue pair was starved, 2: input, 3: internal error."
        })
final class BenchCommand implements Callable<Integer> {
    private static final int QUEUE_PAIRS_MAX = 65535;
    private static final int DEPTH_MAX = 65535;
    private static final int SECONDS_MAX = 3600;

    private final CommandContext context;

    @Option(
            names = "--pairs",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "1,16,1000,10000,65535",
            description = "Numbers of queue pairs, 1 to 65535. Default: ${DEFAULT-VALUE}.")
    private List<Integer> queuePairCounts = List.of();

    @Option(
            names = "--depths",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "1,8,32",
            description =
                    "Commands that each pair keeps in flight, 1 to 65535. Default: ${DEFAULT-VALUE}.")
    private List<Integer> depths = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Measured time of each row, 1 to 3600. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--rows-only",
            description =
                    "Leave out what 10,000 idle queue pairs cost and how the coalescing time is"
                            + " kept.")
    private boolean rowsOnly;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = {
                "Write the figures to FILE as JSON. '-' is standard output; the table goes to"
                        + " standard error then."
            })
    private @Nullable String json;

    BenchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        for (int queuePairs : queuePairCounts) {
            requireWithin("--pairs", queuePairs, QUEUE_PAIRS_MAX);
        }
        for (int depth : depths) {
            requireWithin("--depths", depth, DEPTH_MAX);
        }
        requireWithin("--seconds", seconds, SECONDS_MAX);
        JsonOutput output = JsonOutput.open(json, context);
        BenchReport report = bench(printer(output));
        output.write(JsonText.of(report));
        return report.held() ? ExitCode.HELD : ExitCode.FAILED;
    }

    private BenchReport bench(BenchPrinter printer) throws InputException {
        BenchPlan plan = new BenchPlan(queuePairCounts, depths, seconds, !rowsOnly);
        printer.printHead();
        BenchReport report = context.benchRunner().get().bench(plan, printer::printRow);
        printer.printEnd(report);
        return report;
    }

    private BenchPrinter printer(JsonOutput output) {
        Surroundings surroundings = context.surroundings();
        Ink ink = output.takesStandardOutput() ? surroundings.errInk() : surroundings.outInk();
        return new BenchPrinter(output.takesStandardOutput() ? context.err() : context.out(), ink);
    }

    private static void requireWithin(String option, int value, int most) throws InputException {
        if (value < 1 || value > most) {
            throw InputException.of(
                    option + " " + value + " is out of range.",
                    "Allowed: 1 to "
                            + most
                            + ". The nearest is "
                            + Math.clamp(value, 1, most)
                            + ".");
        }
    }
}
