package io.doorbell.simulation.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.explore.Explorer.Search;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Components;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Machine;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.machine.SimulatedMachine;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.wire.WireParts;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What is found does not depend on how many look. */
class ExplorerTest {
    private static Draw everyThirdFails(long seed) {
        return Draw.of(seed, Components.with(Scenario.SMALL, "host", "reaction=report"))
                .withFaults(
                        seed % 3 == 0
                                ? List.of(Fault.parse("lose at interrupt/2 times 999"))
                                : List.of());
    }

    private static Exploration explore(int jobs) {
        Search search = new Search(1, 30, jobs, 1, ExplorerTest::everyThirdFails, "test");
        return new Explorer(search, Laboratory::new, () -> 0).explore();
    }

    @Test
    void failures_areFoundOnceEachWithTheLowestSeed() {
        Exploration alone = explore(1);
        Exploration together = explore(3);

        assertThat(alone.runs()).isEqualTo(30);
        assertThat(alone.held()).isFalse();
        assertThat(alone.failures())
                .singleElement()
                .satisfies(
                        failure -> {
                            assertThat(failure.count()).isEqualTo(10);
                            assertThat(failure.first().seed()).isEqualTo(3);
                        });
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void timeThatIsOver_beginsNoMore() {
        long[] clock = {0};
        Search search = new Search(1, 1000, 1, 5, ExplorerTest::everyThirdFails, "test");

        Exploration some = new Explorer(search, Laboratory::new, () -> clock[0]++).explore();

        assertThat(some.runs()).isLessThan(10);
    }

    @Test
    void runThatThrows_isAFailureAndTheNextOneIsFine() {
        AtomicInteger machines = new AtomicInteger();
        Machine.Builder secondBreaks =
                new Machine.Builder() {
                    private final Machine.Builder good = new SimulatedMachine.Builder();

                    @Override
                    public FunctionFacts facts(Scenario scenario) {
                        return good.facts(scenario);
                    }

                    @Override
                    public long memoryBytes(Scenario scenario) {
                        return good.memoryBytes(scenario);
                    }

                    @Override
                    public Machine build(
                            WireParts parts, Scenario scenario, List<String> problems) {
                        if (machines.incrementAndGet() == 2) {
                            throw new IllegalStateException("broken");
                        }
                        return good.build(parts, scenario, problems);
                    }
                };
        Search search = new Search(1, 3, 1, 1, ExplorerTest::everyThirdFails, "test");

        Exploration some =
                new Explorer(search, () -> new Laboratory(secondBreaks), () -> 0).explore();

        assertThat(some.runs()).isEqualTo(3);
        assertThat(some.failures())
                .extracting(Exploration.Failure::cause)
                .hasSize(2)
                .contains("exception IllegalStateException: broken");
    }
}
