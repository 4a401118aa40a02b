package io.doorbell.simulation.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Components;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** A run with a lost interrupt, which this host never gets over, is made as small as it can be. */
class ShrinkerTest {
    /** A host that does not recover. */
    private static final Scenario HELPLESS =
            Components.with(Scenario.SMALL, "host", "reaction=report");

    private static final List<Fault> FAULTS =
            List.of(
                    Fault.parse("delay at interrupt/1 nth 2 times 9 amount 700"),
                    Fault.parse("double at interrupt/3 nth 4"),
                    Fault.parse("lose at interrupt/2 nth 3 times 5"),
                    Fault.parse("delay at write/sq-*-tail nth 3 amount 900"));

    private static Case failed(long seed, List<Fault> faults) {
        try (Laboratory laboratory = new Laboratory()) {
            Outcome outcome =
                    laboratory.run(
                            HELPLESS,
                            new Plan(Choices.drawn(seed), Strategy.RANDOM, faults, false));
            return Case.of("test", seed, HELPLESS, Strategy.RANDOM, faults, outcome);
        }
    }

    private static Shrinker shrinker(ShrinkLimits limits, ShrinkListener listener) {
        return new Shrinker(Laboratory::new, limits, () -> 0, listener);
    }

    @Test
    void lostInterrupt_isAllThatIsLeft() {
        Case large = failed(1, FAULTS);
        List<String> stages = new ArrayList<>();
        try (Shrinker shrinker = shrinker(ShrinkLimits.USUAL, (stage, _, _) -> stages.add(stage))) {

            Shrinker.Result result = shrinker.shrink(large);

            assertThat(result.reproduced()).isTrue();
            assertThat(result.smallest().faults())
                    .singleElement()
                    .asString()
                    .startsWith("lose at interrupt/");
            assertThat(result.before().events()).isGreaterThan(500);
            assertThat(result.after().events()).isLessThanOrEqualTo(3);
            assertThat(result.smallest().ending().cause()).isEqualTo(large.ending().cause());
            assertThat(stages).contains("faults", "workload");
            assertThat(result.runs()).isLessThan(200);
            try (Laboratory laboratory = new Laboratory()) {
                Case smallest = result.smallest();
                Outcome again = laboratory.run(smallest.scenario(), smallest.plan(false));
                assertThat(smallest.isSameRun(again)).isTrue();
            }
        }
    }

    @Test
    void errandsThatDoNotMatter_go() {
        Scenario busy =
                HELPLESS.withErrands(
                        "identify on command 3 at 0ns, mask-vector of 1 on command 20 at 0ns for 2000000000ns, reset-controller on command 9 at 0ns");
        try (Laboratory laboratory = new Laboratory();
                Shrinker shrinker = shrinker(ShrinkLimits.USUAL, ShrinkListener.NONE)) {
            Outcome outcome =
                    laboratory.run(
                            busy, new Plan(Choices.drawn(1), Strategy.RANDOM, List.of(), false));

            Shrinker.Result result =
                    shrinker.shrink(Case.of("test", 1, busy, Strategy.RANDOM, List.of(), outcome));

            assertThat(outcome.problem()).contains("got no completion");
            assertThat(result.smallest().scenario().errands())
                    .startsWith("mask-vector of 1")
                    .doesNotContain(",");
        }
    }

    @Test
    void limitOfRuns_isKept() {
        try (Shrinker shrinker = shrinker(new ShrinkLimits(10, 1), ShrinkListener.NONE)) {
            Shrinker.Result result = shrinker.shrink(failed(1, FAULTS));

            assertThat(result.runs()).isEqualTo(10);
            assertThat(result.after().events()).isLessThan(result.before().events());
        }
    }

    @Test
    void caseThatHolds_isNotReproduced() {
        try (Shrinker shrinker = shrinker(ShrinkLimits.USUAL, ShrinkListener.NONE)) {
            Case held = failed(1, List.of());

            Shrinker.Result result = shrinker.shrink(held);

            assertThat(result.reproduced()).isFalse();
            assertThat(result.smallest()).isEqualTo(held);
        }
    }
}
