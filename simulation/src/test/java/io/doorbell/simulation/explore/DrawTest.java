package io.doorbell.simulation.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Without faults every seed holds: weak memory and any order of actors are no excuse. */
class DrawTest {
    private static final int SEEDS = 400;

    @Test
    void rightDeviceAndHost_holdForEverySeedWithoutFaults() {
        try (Laboratory laboratory = new Laboratory()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Draw draw = Draw.of(seed);
                Outcome outcome =
                        laboratory.run(
                                draw.scenario(),
                                new Plan(Choices.drawn(seed), draw.strategy(), List.of(), false));
                assertThat(outcome.problem()).as("seed %d: %s", seed, draw).isEmpty();
            }
        }
    }

    @Test
    void sameSeed_isTheSameDraw() {
        assertThat(Draw.of(17)).isEqualTo(Draw.of(17)).isNotEqualTo(Draw.of(18));
    }
}
