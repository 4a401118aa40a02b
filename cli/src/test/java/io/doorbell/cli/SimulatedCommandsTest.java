package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** From a seed to a failure, its case, and the smallest run that shows it. */
class SimulatedCommandsTest {
    private static final Pattern HASH = Pattern.compile("trace hash: ([0-9a-f]{16})\n");
    private static final String LOST = "hang at commands/cq-1 nth 4 times 999";

    private final Path folder;
    private final CommandProbe command;

    SimulatedCommandsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    private static String hash(Outcome outcome) {
        Matcher matcher = HASH.matcher(outcome.out());
        assertThat(matcher.find()).as(outcome.out() + outcome.err()).isTrue();
        return matcher.group(1);
    }

    @Test
    void seed_isOneRun() {
        Outcome one = command.execute("run", "--seed", "17");
        Outcome again = command.execute("run", "--seed", "17", "--check-determinism");
        Outcome other = command.execute("run", "--seed", "18");

        assertThat(one.exitCode()).isZero();
        assertThat(one.err()).isEmpty();
        assertThat(one.out()).contains("Faults        none\n").contains("Held: ");
        assertThat(hash(again)).isEqualTo(hash(one)).isNotEqualTo(hash(other));
        assertThat(again.out()).contains("a second run in a fresh world was the same");
        assertThat(command.runs).isEmpty();
    }

    @Test
    void settings_areTheScenario() throws IOException {
        command.write("my.conf", "doorbell { driver { queue-pairs = 2, queue-depth = 16 } }");

        Outcome outcome =
                command.execute("run", "my.conf", "--seed=1", "--set", "workload.fio.number-ios=9");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("2 queue pairs of 16 entries on 3 vectors")
                .contains("randrw of 4.00 KiB, 6 at a time, 9 for each queue, verified");
    }

    @Test
    void faults_mayBeSaidInTheScenario() throws IOException {
        command.write(
                "faulty.conf",
                """
                doorbell {
                  faults = [
                    "delay at interrupt/* nth 3 amount 20us"
                    { kind = fail, site = commands/cq-1, opcode = 02h, nth = 2, when = in-flight }
                  ]
                }
                """);

        Outcome run = command.execute("run", "faulty.conf", "--seed=1");
        Outcome other =
                command.execute(
                        "run", "faulty.conf", "--seed=1", "--faults", "hang at commands/cq-2");
        Outcome explored = command.execute("explore", "faulty.conf", "--seeds", "1..3");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("delay at interrupt/* nth 3 amount 20us")
                .contains("fail at commands/cq-1 nth 2 when in-flight opcode 02h");
        assertThat(other.out()).contains("hang at commands/cq-2").doesNotContain("fail at");
        assertThat(explored.exitCode()).as(explored.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "faults = lose|faulty.conf:1: 'faults' is no list.",
                "faults = [ \"loose at interrupt/1\" ]|'loose' is no kind of fault",
                "faults = [ { kind = lose } ]|'site' is missing.",
                "faults = [ { kind = lose, site = media/read } ]|Nothing can lose at 'media/read'.",
                "faults = [ { kind = lose, site = interrupt/1, nht = 1 } ]|'nht' says nothing",
                "faults = [ 7 ]|7 is not a fault.",
                "fautls = []|Did you mean 'faults'?"
            })
    void whatIsWrongWithFaults_isSaid(String text, String what) throws IOException {
        command.write("faulty.conf", "doorbell { " + text + " }");

        Outcome run = command.execute("run", "faulty.conf", "--seed=1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(what);
    }

    @Test
    void faultsOfAScenario_areNotForTheRealRuntime() throws IOException {
        command.write("faulty.conf", "doorbell { faults = [ \"lose at interrupt/1\" ] }");

        Outcome run = command.execute("run", "faulty.conf");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("only simulated runs have any").contains("Add --seed");
    }

    @Test
    void quietRun_saysNothing() {
        Outcome outcome = command.execute("run", "--seed=1", "--quiet");

        assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void failure_isExploredReplayedAndShrunk() throws IOException {
        Outcome explored =
                command.execute(
                        "explore",
                        "--seeds=1..4",
                        "--jobs=2",
                        "--set=driver.queue-pairs=3",
                        "--faults",
                        LOST);

        assertThat(explored.exitCode()).isEqualTo(1);
        assertThat(explored.err()).isEmpty();
        assertThat(explored.out()).contains("Ran           4 seeds in ", "FAILED: 4 of 4 seeds");
        Matcher file = Pattern.compile("doorbell replay (\\S+)\n").matcher(explored.out());
        assertThat(file.find()).isTrue();
        String found = file.group(1);

        Outcome replayed = command.execute("replay", found);
        assertThat(replayed.exitCode()).isEqualTo(1);
        assertThat(replayed.out())
                .contains("the same run as recorded, to the last step", "FAILED: ", LOST);

        Outcome shrunk = command.execute("shrink", found, "--junit", "FoundTest.java");
        assertThat(shrunk.exitCode()).isZero();
        assertThat(shrunk.out()).contains("Before ", "After ", "Shrunk: ");
        String small = found.replace(".case", "-small.case");
        assertThat(command.execute("replay", small).exitCode()).isEqualTo(1);
        assertThat(Files.size(folder.resolve(small))).isLessThan(2_000);
        assertThat(compiles(folder.resolve("FoundTest.java"))).isTrue();
    }

    private boolean compiles(Path source) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        List<String> options =
                List.of(
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        return compiler.run(null, null, null, options.toArray(String[]::new)) == 0;
    }

    @Test
    void caseOfAnotherRun_isSaidToBeOne() throws IOException {
        command.execute("run", "--seed=3", "--case=a.case");
        String text = Files.readString(folder.resolve("a.case"));
        command.write("b.case", text.replaceFirst("steps = \\d", "steps = 99"));

        Outcome same = command.execute("replay", "a.case");
        Outcome other = command.execute("replay", "b.case");

        assertThat(same.exitCode()).isZero();
        assertThat(same.out()).contains("the same run as recorded");
        assertThat(other.out()).contains("NOT the run that was recorded", "It held.");
        assertThat(command.execute("shrink", "a.case").exitCode()).isEqualTo(1);
    }

    @Test
    void trace_isPrintedOrWritten() throws IOException {
        command.execute("run", "--seed=3", "--case=a.case");

        Outcome text = command.execute("replay", "a.case", "--trace", "--until", "400");
        Outcome json = command.execute("replay", "a.case", "--trace=json");
        Outcome picture =
                command.execute("replay", "a.case", "--trace=perfetto", "--out", "t.json");

        assertThat(text.out())
                .startsWith("     step      virtual ns  who     what\n")
                .contains("device  fetches sq 0 slot 0: CID ")
                .doesNotContain("Held");
        assertThat(text.err()).contains("Held: ");
        assertThat(json.out().lines()).allMatch(line -> line.startsWith("{\"step\":"));
        assertThat(picture.out()).contains("Held: ");
        assertThat(Files.readString(folder.resolve("t.json"))).contains("\"traceEvents\":[");
    }

    @Test
    void wrongCase_isRefusedWithFileAndLine() throws IOException {
        command.write("bad.case", "format = 1", "build = x", "sead = 3");

        Outcome outcome = command.execute("replay", "bad.case");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("bad.case:3: 'sead' is not known here.\n    There are: format, build");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run --seed=x|'x' is not a long",
                "run --case=a.case|--check-determinism, --case and --faults are for simulated",
                "run --seed=1 --json=-|--json and --image-check are for the real runtime",
                "run --seed=1 --set=workload.kind=iolog|workload.kind = iolog cannot be simulated",
                "run --seed=1 --set=controller.doorbell-stride=2|cannot be simulated",
                "run --seed=1 --faults=loose|'loose' is not a fault",
                "run --seed=1 --case=no/a.case|--case cannot write 'no/a.case'",
                "explore --seeds=9..1|--seeds '9..1' is no range",
                "explore --jobs=0|--jobs 0 is out of range",
                "explore --time=10|--time '10' is no time",
                "explore nothing.conf|does not exist",
                "replay nothing.case|nothing.case: This case does not exist",
                "replay|Missing required parameter: 'FILE'",
                "replay nothing.case --trace=png|--trace 'png' is no form of a trace",
                "replay nothing.case --out=x|--out is for a trace",
                "shrink nothing.case|This case does not exist",
                "shrink nothing.case --runs=0|--runs 0 is out of range",
            })
    void wrongInput_exits2WithAHint(String line, String what) {
        Outcome outcome = command.execute(line.split(" "));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains(what).contains("\n    ");
        assertThat(outcome.out()).isEmpty();
    }
}
