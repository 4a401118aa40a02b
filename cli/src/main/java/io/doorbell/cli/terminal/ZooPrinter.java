package io.doorbell.cli.terminal;

import io.doorbell.simulation.cases.Case;
import io.doorbell.testkit.zoo.Catch;
import io.doorbell.testkit.zoo.Mutant;
import io.doorbell.testkit.zoo.Zoo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints a hunt for planted bugs as a table of 100 columns, row by row. */
public final class ZooPrinter {
    private static final int TEXT_COLUMNS = 44;
    private static final int COLUMNS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final Ink ink;

    public ZooPrinter(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    /** What the columns are. */
    public void header() {
        out.println(
                ink.bold(
                        row(
                                "Entry",
                                "Side",
                                "Found",
                                "Oracle",
                                "Seeds",
                                "Time",
                                "Events",
                                "What it does")));
        out.flush();
    }

    /** One hunt is over. */
    public void row(Mutant mutant, Catch caught) {
        String text =
                row(
                        mutant.id(),
                        mutant.side().word(),
                        caught.found() ? "yes" : "no",
                        caught.oracle(),
                        "%,d".formatted(caught.seeds()),
                        seconds(caught),
                        caught.size() == null ? "" : "%,d".formatted(caught.size().events()),
                        shortened(mutant.what()));
        out.println(caught.found() ? text : ink.bad(text));
        out.flush();
    }

    /** What came of all. */
    public void totals(List<Mutant> mutants, Zoo.Result result) {
        Catch twin = result.twin();
        String text =
                row(
                        "twin",
                        "both",
                        twin.found() ? "yes" : "no",
                        twin.oracle(),
                        "%,d".formatted(twin.seeds()),
                        seconds(twin),
                        "",
                        twin.found()
                                ? "FAILED without a mistake"
                                : "nothing: silent over the same seeds");
        out.println(twin.found() ? ink.bad(text) : text);
        out.println();
        int found = result.found();
        String verdict =
                "Found %,d of %,d (%.0f %%); the twin %s over %,d seeds."
                        .formatted(
                                found,
                                mutants.size(),
                                100.0 * found / mutants.size(),
                                twin.found() ? "failed" : "was silent",
                                twin.seeds());
        out.println(result.held() ? ink.good(verdict) : ink.bold(verdict));
        Case failing = twin.failing();
        if (failing != null) {
            out.println(ink.bad("Twin, seed " + failing.seed() + ": " + twin.problem()));
        }
        classes(mutants, result.catches());
        out.flush();
    }

    private void classes(List<Mutant> mutants, List<Catch> catches) {
        Map<String, int[]> counts = new TreeMap<>(); // found, all
        for (int i = 0; i < mutants.size(); i++) {
            int[] count = counts.computeIfAbsent(mutants.get(i).family(), _ -> new int[2]);
            count[0] += catches.get(i).found() ? 1 : 0;
            count[1]++;
        }
        StringBuilder line = new StringBuilder("By class:");
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, int[]> each : counts.entrySet()) {
            String item =
                    "  %s %d/%d".formatted(each.getKey(), each.getValue()[0], each.getValue()[1]);
            if (line.length() + item.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder("         ");
            }
            line.append(item);
        }
        lines.add(line.toString());
        lines.forEach(out::println);
    }

    private static String seconds(Catch caught) {
        return String.format(Locale.ROOT, "%.1f s", caught.nanos() / NANOS_PER_SECOND);
    }

    /** Cut behind a word. */
    private static String shortened(String text) {
        if (text.length() <= TEXT_COLUMNS) {
            return text;
        }
        int end = text.lastIndexOf(' ', TEXT_COLUMNS - 4);
        return text.substring(0, end < 0 ? TEXT_COLUMNS - 4 : end) + " ...";
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-7s %-10s %-5s %-6s %6s %8s %6s  %s", cells)
                .stripTrailing();
    }
}
