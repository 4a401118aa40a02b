package io.doorbell.testkit.zoo;

import java.util.List;
import java.util.Locale;

/** What came of a hunt as a table for a page. */
public final class ZooTable {
    private static final double NANOS_PER_SECOND = 1e9;

    private ZooTable() {}

    /** The table in Markdown, with a sentence of totals behind it. */
    public static String markdown(List<Mutant> mutants, Zoo.Result result) {
        StringBuilder text = new StringBuilder();
        text.append("| Entry | Side | What it does | Found | By | Seeds | Time | Events |\n");
        text.append("|---|---|---|---|---|---:|---:|---:|\n");
        for (int i = 0; i < mutants.size(); i++) {
            Mutant mutant = mutants.get(i);
            row(text, mutant.id(), mutant.side().word(), mutant.what(), result.catches().get(i));
        }
        row(text, "twin", "both", "nothing", result.twin());
        text.append(
                String.format(
                        Locale.ROOT,
                        "%nFound %,d of %,d (%.0f %%); the twin %s over %,d seeds.%n",
                        result.found(),
                        mutants.size(),
                        100.0 * result.found() / mutants.size(),
                        result.twin().found() ? "failed" : "was silent",
                        result.twin().seeds()));
        return text.toString();
    }

    private static void row(StringBuilder text, String id, String side, String what, Catch caught) {
        text.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %,d | %.1f s | %s |%n",
                        id,
                        side,
                        what.replace("|", "\\|"),
                        caught.found() ? "yes" : "**no**",
                        caught.oracle(),
                        caught.seeds(),
                        caught.nanos() / NANOS_PER_SECOND,
                        caught.size() == null ? "" : Long.toString(caught.size().events())));
    }
}
