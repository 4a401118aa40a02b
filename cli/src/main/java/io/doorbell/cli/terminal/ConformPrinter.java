package io.doorbell.cli.terminal;

import io.doorbell.testkit.conformance.TestResult;
import io.doorbell.testkit.conformance.report.ConformanceReport;
import io.doorbell.testkit.conformance.report.ConformanceReport.Tally;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what a conformance run found: a table by chapter, the failures, the verdict. */
public final class ConformPrinter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final Ink ink;

    public ConformPrinter(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    public void print(ConformanceReport report) {
        out.println(ink.bold(line("Chapter", "Passed", "Failed", "Not applicable", "Not covered")));
        report.chapters().forEach(this::printTally);
        printTally(report.total());
        List<TestResult> failures = report.results().stream().filter(TestResult::failed).toList();
        report.firstFailure().ifPresent(this::explain);
        if (failures.size() > 1) {
            out.println();
            out.println("Other failures:");
            failures.stream()
                    .skip(1)
                    .forEach(each -> out.println("  " + each.test() + ": " + each.message()));
        }
        out.println();
        out.println(verdict(report));
        out.flush();
    }

    private void printTally(Tally tally) {
        String text =
                line(
                        tally.name(),
                        Integer.toString(tally.passed()),
                        Integer.toString(tally.failed()),
                        Integer.toString(tally.notApplicable()),
                        Integer.toString(tally.notCovered()));
        out.println(tally.failed() > 0 ? ink.bad(text) : text);
    }

    private void explain(TestResult failure) {
        out.println();
        out.println(ink.bad("First failure: " + failure.test()));
        out.println("  Seen:       " + failure.message());
        out.println("  For a host: " + failure.test().otherwise());
        out.println("  Test:       " + failure.test().id());
        failure.dump().lines().forEach(each -> out.println("    " + each));
    }

    private String verdict(ConformanceReport report) {
        Tally total = report.total();
        String text =
                String.format(
                        Locale.ROOT,
                        "%d tests of %d clauses in %.1f s against %s",
                        total.total(),
                        report.clauses().stream().filter(clause -> clause.total() > 0).count(),
                        report.nanos() / NANOS_PER_SECOND,
                        report.device());
        return report.held()
                ? ink.good("Held: " + text + ", none failed.")
                : ink.bad("Failed: " + total.failed() + " of " + text + ".");
    }

    private static String line(
            String name, String passed, String failed, String notApplicable, String notCovered) {
        return String.format(
                Locale.ROOT,
                "%-42s %7s %7s %15s %12s",
                name,
                passed,
                failed,
                notApplicable,
                notCovered);
    }
}
