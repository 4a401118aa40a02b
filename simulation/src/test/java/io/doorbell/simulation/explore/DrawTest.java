package io.doorbell.simulation.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultCondition;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Survival;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** What is drawn is got over, and of what a host gets over every kind is drawn. */
    @Test
    void faults_areDrawnFromAllThatIsSurvived() {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        Set<FaultCondition> conditions = EnumSet.noneOf(FaultCondition.class);
        int without = 0;
        for (long seed = 1; seed <= 5_000; seed++) {
            List<Fault> faults = Draw.of(seed).faults();
            without += faults.isEmpty() ? 1 : 0;
            assertThat(faults)
                    .as("seed %d", seed)
                    .noneMatch(fault -> fault.survival() == Survival.LOST)
                    .hasSizeLessThanOrEqualTo(5);
            if (!Draw.of(seed).scenario().host().contains(FaultSets.PERSEVERING)) {
                assertThat(faults)
                        .as("seed %d", seed)
                        .noneMatch(fault -> fault.survival() == Survival.PERSEVERED);
                assertThat(faults.stream().filter(fault -> fault.survival() == Survival.RESTARTED))
                        .as("seed %d", seed)
                        .hasSizeLessThanOrEqualTo(1);
            }
            faults.forEach(fault -> kinds.add(fault.kind()));
            faults.forEach(fault -> conditions.add(fault.condition()));
        }
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(FaultKind.MISDIRECT)));
        assertThat(conditions)
                .contains(FaultCondition.CQ_FULL, FaultCondition.SQ_FULL, FaultCondition.CROWDED);
        assertThat(without).isBetween(1_500, 2_500);
    }
}
