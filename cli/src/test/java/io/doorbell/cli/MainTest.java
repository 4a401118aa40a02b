package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;
import io.doorbell.cli.lab.BenchPlan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class MainTest {
    private final Path folder;
    private final CommandProbe command;

    MainTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    @Test
    void runThatHeld_exits0AndEndsWithTheVerdict() {
        Outcome outcome = command.execute("run");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).endsWith("Held: 3,048 operations, every read verified.\n");
    }

    @Test
    void runThatFailed_exits1AndSaysWhy() {
        command.running(CommandProbe.reporting(Reports.failed()));

        Outcome outcome = command.execute("run", "--quiet");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .isEqualTo("FAILED: 2 blocks read wrong, 1 error, in 3,048 operations.\n");
    }

    @Test
    void overrides_reachTheRunner() {
        command.execute("run", "--set", "driver.queue-pairs=7", "--set=driver.queue-depth=9");

        assertThat(command.runs).hasSize(1);
        assertThat(command.runs.getFirst().driver().queuePairCount()).isEqualTo(7);
        assertThat(command.runs.getFirst().driver().queueDepthEntries()).isEqualTo(9);
    }

    @Test
    void jsonToAFile_comesBesideTheSummary() throws IOException {
        Outcome outcome = command.execute("run", "--json", "result.json");

        assertThat(outcome.out()).contains("Held:");
        assertThat(Files.readString(folder.resolve("result.json")))
                .contains("\"scenario\" : \"application\"");
    }

    @Test
    void jsonToStandardOutput_sendsTheSummaryToStandardError() {
        Outcome outcome = command.execute("run", "--json", "-");

        assertThat(outcome.out()).startsWith("{").endsWith("}\n").contains("\"held\" : true");
        assertThat(outcome.err()).contains("Held:");
    }

    @Test
    void jsonIntoNoFolder_isRefusedBeforeTheRun() {
        Outcome outcome = command.execute("run", "--json", "no/result.json");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo(
                        "--json cannot write 'no/result.json': its folder does not exist.\n"
                                + "    Name a file in an existing folder, or '-' for standard"
                                + " output.\n");
        assertThat(command.runs).isEmpty();
    }

    @Test
    void internalError_exits3AndKeepsItsStackTraceUnlessAsked() {
        command.running(
                (settings, progress) -> {
                    throw new IllegalStateException("broken");
                });

        Outcome plain = command.execute("run");
        Outcome debug = command.execute("run", "--debug");

        assertThat(plain.exitCode()).isEqualTo(3);
        assertThat(plain.err())
                .startsWith("doorbell: internal error: java.lang.IllegalStateException: broken\n")
                .contains("(add --debug)")
                .doesNotContain("\tat ");
        assertThat(debug.exitCode()).isEqualTo(3);
        assertThat(debug.err()).contains("\tat ");
    }

    @Test
    void javaError_exits3Too() {
        command.running(
                (settings, progress) -> {
                    throw new NoClassDefFoundError("x/Y");
                });

        assertThat(command.execute("run").exitCode()).isEqualTo(3);
    }

    @Test
    void wrongUsage_exits2WithOneMessageAndAHint() {
        assertUsage("Unknown command 'rnu'. Did you mean 'run'?", "doorbell", "rnu");
        assertUsage(
                "Unknown option '--jsn'. Did you mean '--json'?", "doorbell run", "run", "--jsn");
        assertUsage("Unknown argument 'b'.", "doorbell run", "run", "a", "b");
        assertUsage(
                "Missing required parameter for option '--set' (KEY=VALUE).",
                "doorbell config",
                "config",
                "--set");
        assertUsage(
                "Invalid value for option '--pairs' (LIST): 'x' is not an int.",
                "doorbell bench",
                "bench",
                "--pairs=1,x");
    }

    @Test
    void benchOutOfRange_exits2WithTheNearest() {
        Outcome outcome = command.execute("bench", "--pairs", "1,70000");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo(
                        """
                        --pairs 70000 is out of range.
                            Allowed: 1 to 65535. The nearest is 65535.
                        """);
        assertThat(command.benches).isEmpty();
    }

    @Test
    void bench_runsThePlanAndPrintsItsRows() {
        Outcome outcome = command.execute("bench", "--pairs", "10", "--depths=8", "--seconds=1");

        assertThat(outcome.exitCode()).isZero();
        assertThat(command.benches)
                .containsExactly(new BenchPlan(List.of(10), List.of(8), 1, true));
        assertThat(outcome.out())
                .contains(
                        " 10      8    2,000,000           90          110     24    8.0 M/s    0.25")
                .endsWith("Held: 1 rows, no pair starved.\n");
    }

    @Test
    void benchWithAStarvedPair_exits1() {
        command.starving();

        Outcome outcome = command.execute("bench");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("FAILED: 1 of 1 rows");
        assertThat(command.benches.getFirst().queuePairCounts())
                .containsExactly(1, 16, 1000, 10000, 65535);
    }

    @Test
    void config_printsEveryKnobWithAllThereIsToKnow() {
        Outcome outcome = command.execute("config", "--set", "driver.queue-depth=128");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains(
                        "* driver.queue-depth = 128",
                        "command line --set\n",
                        """
                            Size of each I/O queue, in entries. One stays free, so 64 entries hold 63
                            commands.
                            Unit: entries. Range: 2 to 65536 entries.
                            Default 64: deeper than the recorded Linux guest ever needs, shallow enough
                            to wrap often.
                        """,
                        "  workload.fio.fsync = 0");
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void configChanged_printsOnlyWhatDiffers() {
        assertThat(command.execute("config", "--changed").out())
                .isEqualTo("Every knob is at its default.\n");
        assertThat(
                        command.execute("config", "--changed", "--set", "host.memory=1GiB")
                                .out()
                                .lines()
                                .filter(line -> line.contains(" = ")))
                .hasSize(1);
    }

    private void assertUsage(String message, String name, String... args) {
        Outcome outcome = command.execute(args);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo(name + ": " + message + "\n    Try '" + name + " --help'.\n");
    }
}
