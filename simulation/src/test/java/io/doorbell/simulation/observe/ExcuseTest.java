package io.doorbell.simulation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.spec.Doorbells;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Each kind of fault, at each of its sites, excuses so much and no more. */
class ExcuseTest {
    private static final long NOW = 1_000;
    private static final List<Strike.Command> COMMANDS =
            List.of(new Strike.Command(3, 0x1001), new Strike.Command(3, 0x1002));
    private static final List<Strike.Command> BOTH_NAMES =
            List.of(
                    new Strike.Command(3, 0x1001),
                    new Strike.Command(3, 0x9001),
                    new Strike.Command(3, 0x1002),
                    new Strike.Command(3, 0x9002));
    private static final int TAIL = Doorbells.submissionTailIndex(3);
    private static final int HEAD = Doorbells.completionHeadIndex(3);
    private static final Excuse NOTHING = new Excuse.Nothing();

    private static final Map<String, Excuse> EXCUSES =
            Map.ofEntries(
                    Map.entry("lose at interrupt/2", new Excuse.Vector(2, true)),
                    Map.entry("delay at interrupt/2 amount 500", NOTHING),
                    Map.entry("double at interrupt/2", NOTHING),
                    Map.entry("reorder at interrupt/2", new Excuse.Vector(2, false)),
                    Map.entry("overtake at interrupt/2", new Excuse.Vector(2, false)),
                    Map.entry("lose at write/sq-3-tail", new Excuse.Kick(TAIL)),
                    Map.entry("delay at write/cq-3-head amount 500", new Excuse.Kick(HEAD)),
                    Map.entry("reorder at write/sq-3-tail", new Excuse.Kick(TAIL)),
                    Map.entry("flip at write/cq-3-head amount 4", new Excuse.Kick(HEAD)),
                    Map.entry("double at write/sq-3-tail", NOTHING),
                    Map.entry("lose at write/cc", NOTHING),
                    Map.entry("flip at write/cc amount 1", NOTHING),
                    Map.entry("lose at wake/sq-3", new Excuse.Wake(TAIL, Long.MAX_VALUE)),
                    Map.entry("delay at wake/cq-3 amount 500", new Excuse.Wake(HEAD, NOW + 500)),
                    Map.entry("double at wake/cq-3", NOTHING),
                    Map.entry("lose at commands/cq-3", new Excuse.Commands(COMMANDS)),
                    Map.entry("hang at commands/cq-3", new Excuse.Commands(COMMANDS)),
                    Map.entry("hang at execution/sq-0", new Excuse.Commands(COMMANDS)),
                    Map.entry("fail at execution/sq-0", new Excuse.Commands(COMMANDS)),
                    Map.entry(
                            "slow at commands/cq-3 amount 500",
                            new Excuse.Slow(COMMANDS, NOW + 500)),
                    Map.entry(
                            "delay at commands/cq-3 amount 500",
                            new Excuse.Slow(COMMANDS, NOW + 500)),
                    Map.entry("crash at actor/completion-queue-3", new Excuse.Failure()),
                    Map.entry("all-ones at read/csts", NOTHING),
                    Map.entry("stale at read/csts", NOTHING),
                    Map.entry("flip at read/cc amount 1", NOTHING),
                    Map.entry(
                            "slow at write/cq-3-head amount 500",
                            new Excuse.Stores(NOW + 500 + Excuse.WIRE_NANOS_MAX)),
                    Map.entry("spurious at interrupt/2", NOTHING),
                    Map.entry("lose at interrupt/pin", new Excuse.Device()),
                    Map.entry("double at commands/cq-3", new Excuse.Commands(COMMANDS)),
                    Map.entry("fail at commands/cq-3", NOTHING),
                    Map.entry("misidentify at commands/cq-3", new Excuse.Commands(BOTH_NAMES)),
                    Map.entry("lose at dma-write/cqe-3", new Excuse.Entries(3)),
                    Map.entry("delay at dma-write/cqe-3", new Excuse.Entries(3)),
                    Map.entry("flip at dma-write/cqe-3", new Excuse.Entries(3)),
                    Map.entry("tear at dma-write/cqe-3", new Excuse.Entries(3)),
                    Map.entry("stale at dma-write/cqe-3", new Excuse.Entries(3)),
                    Map.entry("fail at dma-write/cqe-3", NOTHING), // the failure says so
                    Map.entry("lose at dma-write/data-3", new Excuse.Commands(COMMANDS)),
                    Map.entry("flip at dma-read/data-3", new Excuse.Commands(COMMANDS)),
                    Map.entry("fail at dma-read/prp-3", NOTHING),
                    Map.entry("lose at media/write", NOTHING), // the data says so
                    Map.entry("flip at media/write", NOTHING),
                    Map.entry("misdirect at media/write", NOTHING),
                    Map.entry("cfs at controller/step", new Excuse.Failure()),
                    Map.entry("remove at controller/step", new Excuse.Device()));

    @Test
    void eventIndexThatIsLost_isOfNobodyKnowsWhichDoorbell() {
        Fault fault = Fault.parse("lose at dma-write/eventidx");
        assertThat(Excuse.of(new Strike(fault, fault.site(), List.of()), NOW))
                .isEqualTo(new Excuse.Device());
    }

    @TestFactory
    Stream<DynamicTest> strike_excusesNoMoreThanItExplains() {
        return EXCUSES.entrySet().stream()
                .map(
                        each ->
                                DynamicTest.dynamicTest(
                                        each.getKey(),
                                        () ->
                                                assertThat(excuse(each.getKey()))
                                                        .isEqualTo(each.getValue())));
    }

    private static Excuse excuse(String text) {
        Fault fault = Fault.parse(text);
        return Excuse.of(new Strike(fault, fault.site(), COMMANDS), NOW);
    }
}
