package io.doorbell.simulation.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.trace.TraceHash;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The same seed is the same run, and the notes of a run are the run. */
class LaboratoryTest {
    private static Plan drawn(long seed, Strategy strategy) {
        return new Plan(Choices.drawn(seed), strategy, List.of(), true);
    }

    @Test
    void hostThatLooksAtNoData_mayReadIntoOneBuffer() {
        Scenario unverified =
                Components.with(
                        Components.with(Scenario.SMALL, "verified", false),
                        "access",
                        ReadWrite.RANDREAD);
        try (Laboratory laboratory = new Laboratory()) {
            Plan plan = new Plan(Choices.drawn(1), Strategy.ORDINARY, List.of(), false);
            assertThat(laboratory.run(unverified, plan).problem()).isEmpty();
        }
    }

    @Test
    void ordinaryRun_holds() {
        try (Laboratory laboratory = new Laboratory()) {
            Outcome outcome =
                    laboratory.run(
                            Scenario.SMALL,
                            new Plan(Choices.ordinary(), Strategy.ORDINARY, List.of(), true));
            assertThat(outcome.problem()).isEmpty();
            assertThat(outcome.choices()).isEmpty();
            assertThat(outcome.workload().requests()).isGreaterThan(240);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void sameSeed_isTheSameRunInAnyWorld(long seed) {
        List<Strategy> strategies =
                List.of(Strategy.RANDOM, Strategy.PRIORITIES, Strategy.priorities(4));
        Strategy strategy = strategies.get((int) (seed % strategies.size()));
        try (Laboratory one = new Laboratory();
                Laboratory other = new Laboratory()) {
            other.run(Scenario.SMALL, drawn(99, strategy)); // a past that must not matter
            Outcome first = one.run(Scenario.SMALL, drawn(seed, strategy));
            Outcome second = other.run(Scenario.SMALL, drawn(seed, strategy));
            assertThat(TraceHash.firstDifference(first.trace(), second.trace())).isEqualTo(-1);
            assertThat(first.problem()).isEmpty();
            assertThat(first.trace().value()).isEqualTo(second.trace().value());
            Outcome replayed =
                    one.run(
                            Scenario.SMALL,
                            new Plan(Choices.replayed(first.choices()), strategy, List.of(), true));
            assertThat(TraceHash.firstDifference(first.trace(), replayed.trace())).isEqualTo(-1);
            assertThat(replayed.trace().value()).isEqualTo(first.trace().value());
        }
    }
}
