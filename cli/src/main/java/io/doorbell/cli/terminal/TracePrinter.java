package io.doorbell.cli.terminal;

import static io.doorbell.cli.terminal.Quantity.count;

import io.doorbell.cli.replay.Replayed;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints what came of the replay of a trace, for a person. */
public final class TracePrinter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final SimulationPrinter printer;
    private final PrintWriter out;

    public TracePrinter(PrintWriter out, Ink ink) {
        this.printer = new SimulationPrinter(out, ink);
        this.out = out;
    }

    /**
     * All of it.
     *
     * @param name of the trace
     */
    public void print(String name, Replayed replayed) {
        printer.line(
                "Trace",
                "%s, %s lines, %s of a machine%s"
                        .formatted(
                                name,
                                count(replayed.lines()),
                                seconds(replayed.nanos()),
                                replayed.machines() == 1
                                        ? ""
                                        : " that was powered on %s times"
                                                .formatted(count(replayed.machines()))));
        printer.line(
                "Machine",
                "%s accesses, %s answers; %s read by the device"
                        .formatted(
                                count(replayed.accesses()),
                                count(replayed.answers()),
                                Quantity.size(replayed.readBytes())));
        printer.line(
                "Device",
                "%s completions, %s interrupts; %s written"
                        .formatted(
                                count(replayed.completions()),
                                count(replayed.interrupts()),
                                Quantity.size(replayed.writtenBytes())));
        notes(replayed);
        differences(replayed);
        verdict(replayed);
    }

    private void notes(Replayed replayed) {
        if (replayed.faults() > 0) {
            printer.line(
                    "Faults",
                    "struck %s times in the trace, and do not now"
                            .formatted(count(replayed.faults())));
        }
        if (replayed.unknownBytes() > 0) {
            printer.line(
                    "Not compared",
                    "%s of blocks that a file held when the trace began; --image names it"
                            .formatted(Quantity.size(replayed.unknownBytes())));
        }
        if (replayed.rings() > 0) {
            printer.line(
                    "Rung",
                    "%s doorbells for a queue that slept sooner than the recorded one"
                            .formatted(count(replayed.rings())));
        }
        switch (replayed.ending()) {
            case WHOLE -> {}
            case TORN -> printer.line("End", "torn: what was recorded last is missing");
            case LOST ->
                    printer.line(
                            "End",
                            "line %s: events are missing there, so nothing can be replayed after it"
                                    .formatted(count(replayed.lines())));
            case GIVEN_UP ->
                    printer.line(
                            "End",
                            "line %s: after so many differences, more would tell nothing"
                                    .formatted(count(replayed.lines())));
        }
    }

    private void differences(Replayed replayed) {
        for (Replayed.Difference each : replayed.differences()) {
            out.println();
            printer.line(
                    "Line %d".formatted(each.line()),
                    seconds(each.nanos()) + " after the trace began");
            printer.line("  recorded", each.recorded());
            printer.line("  now", each.now());
        }
        out.println();
    }

    private void verdict(Replayed replayed) {
        if (replayed.isSame()) {
            printer.good("As recorded.");
        } else {
            int first = replayed.differences().getFirst().line();
            printer.bad("NOT as recorded, from line %d on.".formatted(first));
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f s", nanos / NANOS_PER_SECOND);
    }
}
