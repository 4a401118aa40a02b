package io.doorbell.simulation.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.doorbell.simulation.choice.Choice;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/** What was written is read again, and what cannot be meant is refused where it stands. */
class CaseTest {
    private static final List<Fault> FAULTS =
            List.of(
                    Fault.of(FaultKind.LOSE, "interrupt/2").nth(3).times(2),
                    Fault.of(FaultKind.FLIP, "write/sq-*-tail").after(1000).amount(-1));

    private static Case example() {
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            choices.add(new Choice("step/user/host/queue-1", 99 - i, 1 + i % 3));
        }
        choices.add(new Choice("interrupt", 7, 1));
        return new Case(
                "0.1.0 \"quoted\"",
                -17,
                Scenario.SMALL,
                Strategy.RANDOM,
                FAULTS,
                choices,
                new Case.Ending("queue # hangs", "queue 2 hangs: \\ \"\n§", 4711, -1L));
    }

    @Test
    void text_isReadAgain() throws CaseException {
        Case example = example();

        assertThat(Case.parse(example.text())).isEqualTo(example);
        assertThat(example.text().lines()).allMatch(line -> line.length() < 110);
        assertThat(example.text())
                .contains(
                        "\n  queue-pairs = 4\n", "\n  access = randrw\n", "    interrupt = 1500\n")
                .contains("\n  \"lose at interrupt/2 nth 3 times 2\"\n")
                .contains("trace-hash = \"ffffffffffffffff\"", "\n  \"interrupt\" = \"7\"\n");
    }

    @Test
    void settingThatAnOlderBuildDidNotHave_isAsUsual() throws CaseException {
        String older = example().text().replace("  queue-pairs = 4\n", "");

        assertThat(Case.parse(older)).isEqualTo(example());
    }

    @Test
    void runOfACase_isTheRecordedRun() throws CaseException {
        try (Laboratory laboratory = new Laboratory()) {
            Plan drawn = new Plan(Choices.drawn(5), Strategy.RANDOM, List.of(), false);
            Outcome first = laboratory.run(Scenario.SMALL, drawn);
            Case written =
                    Case.of("a build", 5, Scenario.SMALL, drawn.strategy(), List.of(), first);

            Case read = Case.parse(written.text());

            assertThat(read.isSameRun(laboratory.run(read.scenario(), read.plan(false)))).isTrue();
            assertThat(read.ending().traceHash()).isEqualTo(first.trace().value());
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            quoteCharacter = (char) 96,
            delimiter = '|',
            value = {
                "format = 1|format = 2|This is a case of format 2",
                "format = 1||This is no case",
                "seed = -17|seed = x|'seed' cannot be \"x\".",
                "seed = -17|sed = 1|'sed' is not known here.",
                "queue-pairs = 4|queue-pears = 4|'queue-pears' is not known here.",
                "access = randrw|access = some|'access' cannot be \"some\".",
                "verified = true|verified = 1|'verified' cannot be 1.",
                "memory = weak|memory {}|'memory' cannot be {}.",
                "lose at interrupt|loose at interrupt|'loose' is no kind of fault.",
                "nth 3 times 2|nth 0|nth and times count from 1",
                "\"7\"|\"7=x\"|'7=x' is no choice of 'interrupt'.",
                "ffffffffffffffff|abc|'abc' is no trace hash.",
                "choices {|choices [{|This is not HOCON:",
            })
    void wrongText_isRefusedWithItsLine(String old, String other, String what) {
        String text = example().text().replace(old, other == null ? "" : other);

        CaseException refused = catchThrowableOfType(CaseException.class, () -> Case.parse(text));

        assertThat(refused).hasMessageStartingWith(what);
        assertThat(refused.advice() + what).contains(" ");
        if (other != null && !what.contains("HOCON")) {
            assertThat(text.lines().toList().get(refused.line() - 1)).contains(other);
        }
    }
}
