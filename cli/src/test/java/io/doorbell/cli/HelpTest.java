package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

class HelpTest {
    private final CommandProbe command;

    HelpTest(@TempDir Path folder) throws IOException {
        this.command = new CommandProbe(folder);
    }

    @Test
    void help_mentionsEveryOptionAndStaysWithin80Columns() {
        for (List<String> path :
                List.of(
                        List.<String>of(),
                        List.of("run"),
                        List.of("explore"),
                        List.of("replay"),
                        List.of("shrink"),
                        List.of("conform"),
                        List.of("serve"),
                        List.of("config"),
                        List.of("bench"))) {
            Outcome outcome = command.execute(with(path, "--help"));

            assertThat(outcome.exitCode()).isZero();
            for (OptionSpec option : parser(path).getCommandSpec().options()) {
                assertThat(outcome.out()).contains(option.names());
                assertThat(option.description()).as(option.longestName()).isNotEmpty();
            }
            assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
            assertThat(outcome.out()).contains("Examples:");
        }
    }

    @Test
    void nothingAsked_printsTheHelp() {
        Outcome outcome = command.execute();

        assertThat(outcome).isEqualTo(command.execute("--help"));
        assertThat(outcome.out())
                .contains(
                        "  run ",
                        "  explore ",
                        "  replay ",
                        "  shrink ",
                        "  conform ",
                        "  config ",
                        "  bench ",
                        "Exit codes:");
    }

    @Test
    void version_namesDoorbellAndJava() {
        assertThat(command.execute("--version").out()).contains("Doorbell ", "Java 2");
    }

    private CommandLine parser(List<String> path) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        Surroundings surroundings = Surroundings.ofProcess();
        CommandLine root =
                command.main()
                        .commandLine(nowhere, nowhere, new Failures(surroundings, nowhere, false));
        return path.isEmpty()
                ? root
                : Objects.requireNonNull(root.getSubcommands().get(path.getFirst()));
    }

    private static String[] with(List<String> path, String last) {
        String[] args = path.toArray(new String[path.size() + 1]);
        args[path.size()] = last;
        return args;
    }
}
