package io.doorbell.testkit.conformance.report;

import static io.doorbell.testkit.conformance.report.Markup.escaped;

import io.doorbell.testkit.conformance.TestResult;
import io.doorbell.testkit.conformance.report.ConformanceReport.Tally;

import java.util.Locale;

/** The report as the XML that build servers read: a suite for each chapter. */
public final class JunitXml {
    private static final double NANOS_PER_SECOND = 1e9;

    private JunitXml() {}

    public static String of(ConformanceReport report) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Tally total = report.total();
        xml.append(
                "<testsuites name=\"NVMe conformance\" tests=\"%d\" failures=\"%d\" skipped=\"%d\">%n"
                        .formatted(total.total(), total.failed(), total.notApplicable()));
        for (Tally chapter : report.chapters()) {
            xml.append(
                    "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\">%n"
                            .formatted(
                                    escaped(chapter.name()),
                                    chapter.total(),
                                    chapter.failed(),
                                    chapter.notApplicable()));
            report.results().stream()
                    .filter(result -> result.test().chapter().equals(chapter.name()))
                    .forEach(result -> append(xml, result));
            xml.append("  </testsuite>\n");
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static void append(StringBuilder xml, TestResult result) {
        xml.append(
                String.format(
                        Locale.ROOT,
                        "    <testcase classname=\"%s\" name=\"%s\" time=\"%.6f\">",
                        escaped(result.test().chapter()),
                        escaped(result.test().toString()),
                        result.nanos() / NANOS_PER_SECOND));
        switch (result.outcome()) {
            case PASSED -> {}
            case FAILED ->
                    xml.append(
                            "<failure message=\"%s\">%s%n%s</failure>"
                                    .formatted(
                                            escaped(result.message()),
                                            escaped(result.test().otherwise()),
                                            escaped(result.dump())));
            case NOT_APPLICABLE ->
                    xml.append("<skipped message=\"%s\"/>".formatted(escaped(result.message())));
        }
        xml.append("</testcase>\n");
    }
}
