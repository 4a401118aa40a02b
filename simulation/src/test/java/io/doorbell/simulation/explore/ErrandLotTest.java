package io.doorbell.simulation.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.errand.ErrandKind;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.Set;

/** What seeds draw besides I/O. */
class ErrandLotTest {
    @Test
    void everyKind_isDrawnBySomeSeed_andNoneByManySeeds() {
        Set<ErrandKind> drawn = EnumSet.noneOf(ErrandKind.class);
        int idle = 0;
        for (long seed = 1; seed <= 1_000; seed++) {
            String errands = Draw.of(seed).scenario().errands();
            Errand.parseAll(errands).forEach(each -> drawn.add(each.kind()));
            idle += errands.isEmpty() ? 1 : 0;
        }
        assertThat(drawn).containsExactlyInAnyOrder(ErrandKind.values());
        assertThat(idle).isBetween(200, 600);
    }

    @Test
    void givenScenario_getsErrandsToo_butKeepsItsOwn() {
        assertThat(Draw.of(3, Scenario.SMALL).scenario().errands())
                .isEqualTo(Draw.of(3, Scenario.SMALL).scenario().errands());
        Scenario busy = Scenario.SMALL.withErrands("identify at 3ns");
        assertThat(Draw.of(3, busy).scenario()).isEqualTo(busy);
    }

    /** A device and a host that are right have nothing to fear. */
    @Test
    void drawnErrands_breakNoLaw() {
        try (Laboratory laboratory = new Laboratory()) {
            for (long seed = 1; seed <= 100; seed++) {
                Draw draw = Draw.of(seed).withoutFaults();
                Scenario scenario = draw.scenario();
                Outcome outcome =
                        laboratory.run(
                                scenario,
                                new Plan(
                                        Choices.drawn(seed),
                                        draw.strategy(),
                                        draw.faults(),
                                        false));
                assertThat(outcome.problem()).as("seed %d: %s", seed, scenario.errands()).isEmpty();
            }
        }
    }
}
