package io.doorbell.testkit.conformance.report;

import static io.doorbell.testkit.conformance.report.Markup.escaped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.doorbell.testkit.conformance.NotCovered;
import io.doorbell.testkit.conformance.TestResult;
import io.doorbell.testkit.conformance.report.ConformanceReport.Tally;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one self-contained page: no script, no other file, light or dark by the reader. */
public final class HtmlReport {
    private static final double NANOS_PER_SECOND = 1e9;

    private HtmlReport() {}

    public static String of(ConformanceReport report) {
        StringBuilder page = new StringBuilder();
        Tally total = report.total();
        page.append(
                """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>NVMe conformance</title><style>
                %s</style></head><body>
                <h1>NVMe conformance</h1>
                <p>%s. %s</p>
                """
                        .formatted(style(), escaped(report.device()), verdict(report, total)));
        appendBar(page, total);
        report.firstFailure().ifPresent(failure -> appendFirstFailure(page, failure));
        appendTable(page, "Chapters", "Chapter", report.chapters());
        appendTable(page, "Coverage by clause", "Clause", report.clauses());
        appendTests(page, report);
        appendGaps(page, report);
        return page.append("</body></html>\n").toString();
    }

    private static String verdict(ConformanceReport report, Tally total) {
        return String.format(
                Locale.ROOT,
                "<strong class=\"%s\">%s</strong>: %d passed, %d failed, %d not applicable, in %.1f s.",
                report.held() ? "passed" : "failed",
                report.held() ? "Held" : "Failed",
                total.passed(),
                total.failed(),
                total.notApplicable(),
                report.nanos() / NANOS_PER_SECOND);
    }

    private static void appendBar(StringBuilder page, Tally total) {
        double all = Math.max(1, total.total());
        page.append(
                String.format(
                        Locale.ROOT,
                        "<div class=\"bar\"><i class=\"f\" style=\"width:%.2f%%\"></i>"
                                + "<i class=\"p\" style=\"width:%.2f%%\"></i></div>%n",
                        100 * total.failed() / all,
                        100 * total.passed() / all));
    }

    private static void appendFirstFailure(StringBuilder page, TestResult failure) {
        page.append(
                """
                <h2>The first failure</h2>
                <p class="failed">%s</p><p>%s</p><p>%s</p>
                <pre>%s</pre>
                """
                        .formatted(
                                escaped(failure.test().toString()),
                                escaped(failure.message()),
                                escaped(failure.test().otherwise()),
                                escaped(failure.dump())));
    }

    private static void appendTable(
            StringBuilder page, String title, String first, Iterable<Tally> rows) {
        page.append(
                """
                <h2>%s</h2><div class="scroll"><table>
                <tr><th>%s</th><th class="n">passed</th><th class="n">failed</th>\
                <th class="n"><abbr title="not applicable">n/a</abbr></th>\
                <th class="n"><abbr title="known but not covered">gaps</abbr></th></tr>
                """
                        .formatted(title, first));
        for (Tally row : rows) {
            page.append(
                    "<tr><td>%s</td><td class=\"n\">%d</td><td class=\"n%s\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td></tr>%n"
                            .formatted(
                                    escaped(row.name()),
                                    row.passed(),
                                    row.failed() > 0 ? " failed" : "",
                                    row.failed(),
                                    row.notApplicable(),
                                    row.notCovered()));
        }
        page.append("</table></div>\n");
    }

    private static void appendTests(StringBuilder page, ConformanceReport report) {
        page.append("<h2>Tests</h2>\n");
        Map<String, List<TestResult>> chapters =
                report.results().stream()
                        .collect(
                                groupingBy(
                                        result -> result.test().chapter(),
                                        LinkedHashMap::new,
                                        toList()));
        chapters.forEach(
                (chapter, results) -> {
                    page.append(
                            "<details class=\"chapter\"%s><summary>%s (%d)</summary>%n"
                                    .formatted(
                                            open(results.stream().anyMatch(TestResult::failed)),
                                            escaped(chapter),
                                            results.size()));
                    results.forEach(result -> appendTest(page, result));
                    page.append("</details>\n");
                });
    }

    private static void appendTest(StringBuilder page, TestResult result) {
        String outcome = result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        page.append(
                """
                <details%s><summary><span class="%s">%s</span> %s</summary>
                <p class="why">If not: %s</p>%s</details>
                """
                        .formatted(
                                open(result.failed()),
                                outcome.startsWith("not") ? "dim" : outcome,
                                outcome,
                                escaped(result.test().toString()),
                                escaped(result.test().otherwise()),
                                result.message().isEmpty()
                                        ? ""
                                        : "<p class=\"why\">Seen: "
                                                + escaped(result.message())
                                                + "</p>"));
    }

    private static String open(boolean shown) {
        return shown ? " open" : "";
    }

    private static void appendGaps(StringBuilder page, ConformanceReport report) {
        if (report.notCovered().isEmpty()) {
            return;
        }
        page.append("<h2>Not covered</h2><div class=\"scroll\"><table>\n");
        page.append("<tr><th>Clause</th><th>What</th><th>Why not</th></tr>\n");
        for (NotCovered gap : report.notCovered()) {
            page.append(
                    "<tr><td>%s</td><td>%s</td><td>%s</td></tr>%n"
                            .formatted(
                                    escaped(gap.clause()),
                                    escaped(gap.what()),
                                    escaped(gap.reason())));
        }
        page.append("</table></div>\n");
    }

    private static String style() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is missing from the jar");
            }
            return new String(css.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
