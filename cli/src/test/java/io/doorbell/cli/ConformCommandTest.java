package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ConformCommandTest {
    private final Path folder;
    private final CommandProbe command;

    ConformCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    @Test
    void clause_runsOnlyItsTestsAndPrintsTheTable() {
        Outcome outcome = command.execute("conform", "--clause", "base §3.1.3.1");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Chapter", "Registers", "Held: ", "none failed");
    }

    @Test
    void reports_areWrittenToTheirFiles() throws IOException {
        Outcome outcome =
                command.execute(
                        "conform",
                        "--clause",
                        "§3.1.3.1",
                        "--report",
                        "r.html",
                        "--junit",
                        "r.xml");

        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("r.html")))
                .startsWith("<!doctype html>")
                .contains("Coverage by clause", "Base §3.1.3.1", "prefers-color-scheme");
        assertThat(Files.readString(folder.resolve("r.xml")))
                .contains("<testsuite name=\"Registers", "failures=\"0\"");
    }

    @Test
    void list_runsNothing() {
        Outcome outcome = command.execute("conform", "--list");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("PCIe §3.1.2 must: ").doesNotContain("Held");
    }

    @Test
    void patternWithoutMatch_isAnInputError() {
        Outcome outcome = command.execute("conform", "--clause", "Base §99");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("'Base §99' matches no test", "--list");
    }

    @Test
    void fileThatCannotBeWritten_isSaidBeforeTheRun() {
        Outcome outcome = command.execute("conform", "--report", "nowhere/r.html");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("--report cannot write 'nowhere/r.html'");
    }
}
