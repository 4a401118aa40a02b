package io.doorbell.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.doorbell.cli.Reports;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The names are an interface: whoever breaks this test breaks scripts. */
class JsonTextTest {
    @Test
    void runReport_hasTheseNames() throws IOException {
        JsonNode json = parsed(Reports.failed());

        assertThat(names(json))
                .containsExactlyInAnyOrder(
                        "formatVersion",
                        "held",
                        "verdict",
                        "scenario",
                        "wallTimeNanos",
                        "bringUpTimeNanos",
                        "operations",
                        "doorbells",
                        "messagesTotal",
                        "interrupts",
                        "completionBatches",
                        "queueFullHolds",
                        "verification",
                        "errors",
                        "commandsTotal",
                        "bytesTotal",
                        "commandsPerSecond",
                        "bytesPerSecond",
                        "messagesPerCommand",
                        "interruptsPerCommand",
                        "errorsTotal",
                        "verificationFailuresTotal");
        assertThat(names(json.path("operations").path(0)))
                .containsExactlyInAnyOrder("operation", "commands", "bytes", "errors", "latency");
        assertThat(names(json.path("operations").path(0).path("latency")))
                .containsExactly("p50Nanos", "p90Nanos", "p99Nanos", "p999Nanos", "maxNanos");
        assertThat(names(json.path("doorbells")))
                .containsExactly("submissionRings", "completionRings", "wakes");
        assertThat(names(json.path("interrupts")))
                .containsExactlyInAnyOrder("byThreshold", "byTime", "notCoalesced", "total");
        assertThat(names(json.path("completionBatches")))
                .containsExactlyInAnyOrder("batches", "entries", "meanEntries");
        assertThat(names(json.path("verification")))
                .containsExactlyInAnyOrder(
                        "enabled",
                        "blocksVerified",
                        "failures",
                        "imageBlocksVerified",
                        "imageFailures",
                        "firstFailures");
        assertThat(names(json.path("errors").path(0))).containsExactly("what", "count");
    }

    @Test
    void runReportOfAForeignDevice_leavesOutWhatNobodyKnows() throws IOException {
        JsonNode json = parsed(Reports.foreign());

        assertThat(names(json))
                .contains("device", "doorbells", "interrupts")
                .doesNotContain("completionBatches", "queueFullHolds");
        assertThat(names(json.path("doorbells")))
                .containsExactly("submissionRings", "completionRings");
        assertThat(names(json.path("interrupts"))).containsExactly("total");
        assertThat(json.path("interruptsPerCommand").asDouble()).isEqualTo(0.5);
    }

    @Test
    void runReport_hasTheseFigures() throws IOException {
        JsonNode json = parsed(Reports.held());

        assertThat(json.path("formatVersion").asInt()).isEqualTo(1);
        assertThat(json.path("operations").path(1).path("operation").asText())
                .isEqualTo("write-zeroes");
        assertThat(json.path("commandsTotal").asLong()).isEqualTo(3_048);
        assertThat(json.path("commandsPerSecond").asDouble()).isEqualTo(6_096.0);
        assertThat(json.path("messagesPerCommand").asDouble()).isEqualTo(4.0);
        assertThat(json.path("interrupts").path("total").asLong()).isEqualTo(524);
        assertThat(json.path("held").asBoolean()).isTrue();
    }

    @Test
    void benchRow_hasTheseNames() throws IOException {
        BenchReport.Row row =
                new BenchReport.Row(1, 1, 10, 10, 10, 1_000, LatencySummary.NONE, 320, 0);

        assertThat(
                        names(
                                parsed(new BenchReport("m", List.of(row), null, null))
                                        .path("rows")
                                        .path(0)))
                .containsExactlyInAnyOrder(
                        "queuePairs",
                        "depth",
                        "commands",
                        "leastCommandsOfAPair",
                        "mostCommandsOfAPair",
                        "measuredNanos",
                        "latency",
                        "allocatedBytes",
                        "yardstickCommandsPerSecond",
                        "commandsPerSecond",
                        "allocatedBytesPerCommand",
                        "ratioToYardstick",
                        "starved");
    }

    @Test
    void runOfNothing_dividesByNothing() {
        RunReport empty =
                new RunReport(
                        "x",
                        null,
                        0,
                        0,
                        List.of(),
                        new DoorbellReport(0, 0, 0L),
                        0,
                        InterruptReport.byCause(0, 0, 0),
                        new CompletionBatchReport(0, 0),
                        0L,
                        VerificationReport.OFF,
                        List.of());

        assertThat(JsonText.of(empty)).doesNotContain("NaN", "Infinity");
    }

    @Test
    void percentiles_comeFromTheHistogram() {
        Histogram histogram = new Histogram(3);
        for (int nanos = 1; nanos <= 1_000; nanos++) {
            histogram.recordValue(nanos);
        }

        assertThat(LatencySummary.of(histogram))
                .isEqualTo(new LatencySummary(500, 900, 990, 999, 1_000));
        assertThat(LatencySummary.of(new Histogram(3))).isEqualTo(LatencySummary.NONE);
    }

    private static JsonNode parsed(Object report) throws IOException {
        return new JsonMapper().readTree(JsonText.of(report));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
