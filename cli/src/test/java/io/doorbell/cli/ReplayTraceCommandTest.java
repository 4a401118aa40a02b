package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** {@code doorbell replay} of what a real Linux guest did: its firmware, its probe, Identify. */
@Timeout(60)
class ReplayTraceCommandTest {
    private static final Path LINUX =
            Path.of("..", "traces", "linux-probe.trace.gz").toAbsolutePath().normalize();

    private final Path folder;
    private final CommandProbe command;

    ReplayTraceCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(LINUX)),
                                StandardCharsets.ISO_8859_1))) {
            return reader.lines().toList();
        }
    }

    @Test
    void whatLinuxDid_endsAsItDidThen() {
        Outcome outcome = command.execute("replay", LINUX.toString());

        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .containsPattern("Trace +.*linux-probe.trace.gz, 1?,?[0-9]+ lines, \\d\\.\\d+ s")
                .endsWith("As recorded.\n");
    }

    @Test
    void whereItIsNot_isSaid() throws IOException {
        Path file = folder.resolve("changed.trace");
        List<String> lines = lines();
        String status = lines.stream().filter(line -> line.contains("\"answer\"")).toList().get(40);
        Files.write(
                file,
                lines.stream()
                        .map(
                                line ->
                                        line.equals(status)
                                                ? line.replaceAll(
                                                        "value\":\".*\"", "value\":\"77\"")
                                                : line)
                        .toList());

        Outcome outcome = command.execute("replay", "changed.trace");

        int line = lines.indexOf(status) + 1;
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("Line " + line)
                .contains(": 77h\n")
                .endsWith("NOT as recorded, from line " + line + " on.\n");
    }

    @Test
    void brokenLine_isNamed() throws IOException {
        command.write("broken.trace", lines().getFirst(), "{\"t\":1,\"e\":\"nonsense\"}");

        Outcome outcome = command.execute("replay", "broken.trace");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("broken.trace:2: There is no event 'nonsense'.");
    }

    @Test
    void accessBeforePowerOn_isNamed() throws IOException {
        command.write(
                "early.trace",
                lines().getFirst(),
                "{\"t\":1,\"e\":\"bar-read\",\"bar\":0,\"at\":\"0\",\"bytes\":4,\"tag\":0}");

        Outcome outcome = command.execute("replay", "early.trace");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("early.trace:2: No function is powered on here.");
    }

    @Test
    void impossibleFunction_isNamed() throws IOException {
        command.write(
                "wrong.trace",
                lines().stream()
                        .map(line -> line.replace("\"queuePairsMax\":64", "\"queuePairsMax\":0"))
                        .limit(20)
                        .toArray(String[]::new));

        Outcome outcome = command.execute("replay", "wrong.trace");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("There can be no such function: ");
    }

    @Test
    void optionsOfCases_areRefusedForTraces_andTheOtherWayRound() throws IOException {
        Outcome asText = command.execute("replay", LINUX.toString(), "--trace");
        Outcome noImage =
                command.execute("replay", LINUX.toString(), "--image", folder + "/missing");
        command.write("some.case", "nothing");
        Outcome image = command.execute("replay", "some.case", "--image", "x");

        assertThat(asText.exitCode()).isEqualTo(2);
        assertThat(asText.err()).contains("--trace, --until and --out are for cases.");
        assertThat(noImage.exitCode()).isEqualTo(2);
        assertThat(noImage.err()).contains("--image").contains("cannot be read");
        assertThat(image.exitCode()).isEqualTo(2);
        assertThat(image.err()).contains("--image is for traces.");
    }
}
