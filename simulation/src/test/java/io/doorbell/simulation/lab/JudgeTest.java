package io.doorbell.simulation.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.machine.SimulatedMachine;
import io.doorbell.simulation.oracle.OracleSettings;
import io.doorbell.simulation.oracle.Violation;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Device and host as they are break no law, in whatever order things happen. */
class JudgeTest {
    private static final int SEEDS = 60;

    @Test
    void correctDeviceAndHost_breakNoLaw() {
        try (Laboratory laboratory = new Laboratory()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Strategy strategy = seed % 2 == 0 ? Strategy.RANDOM : Strategy.PRIORITIES;
                Judge judge =
                        new Judge(
                                new SimulatedMachine.Builder().facts(Scenario.SMALL),
                                OracleSettings.DEFAULT);
                laboratory.run(
                        Scenario.SMALL,
                        new Plan(Choices.drawn(seed), strategy, List.of(), false),
                        judge);
                Violation violation = judge.violation();
                assertThat(violation)
                        .as(
                                "seed %d: %s\n%s",
                                seed,
                                violation == null ? "" : violation.describe(),
                                String.join("\n", judge.judges().lastEvents()))
                        .isNull();
                assertThat(judge.judges().model().posts()).isGreaterThan(240);
            }
        }
    }
}
