package io.doorbell.simulation.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is right holds for every seed: weak memory, any order of actors, faults are no excuse. */
class DrawTest {
    private static final int SEEDS = 300;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rightDeviceAndHost_holdForEverySeed(boolean withFaults) {
        try (Laboratory laboratory = new Laboratory()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Draw draw = withFaults ? Draw.of(seed) : Draw.of(seed).withoutFaults();
                Plan plan = new Plan(Choices.drawn(seed), draw.strategy(), draw.faults(), false);
                Outcome outcome = laboratory.run(draw.scenario(), plan);
                assertThat(outcome.problem()).as("seed %d: %s", seed, draw).isEmpty();
            }
        }
    }

    @Test
    void sameSeed_isTheSameDraw() {
        assertThat(Draw.of(17)).isEqualTo(Draw.of(17)).isNotEqualTo(Draw.of(18));
    }
}
