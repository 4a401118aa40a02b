package io.doorbell.simulation.explore;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.lab.Scenario;

import java.util.ArrayList;
import java.util.List;

/** Draws the faults of a seed: none, one, or a few that together have found bugs before. */
final class FaultLot {
    private static final long MILLISECOND = 1_000_000;

    /** Draws one fault of a family. */
    private interface Family {
        Fault draw(Lot lot, String name, Scenario scenario);
    }

    private static final List<Family> FAMILIES =
            List.of(
                    FaultLot::interrupt,
                    FaultLot::interrupt,
                    FaultLot::doorbell,
                    FaultLot::doorbell,
                    FaultLot::commands,
                    FaultLot::commands,
                    FaultLot::wake,
                    FaultLot::crash);

    private FaultLot() {}

    static List<Fault> draw(Lot lot, Scenario scenario) {
        int count = lot.of("faults", 0, 0, 1, 1, 2, 3);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "fault-" + i;
            Fault fault = lot.of(name, FAMILIES).draw(lot, name, scenario);
            if (fault.kind() == FaultKind.CRASH) {
                return List.of(fault); // in a reset that others cause a driver rightly gives up
            }
            faults.add(fault);
        }
        return faults;
    }

    private static Fault interrupt(Lot lot, String name, Scenario scenario) {
        FaultKind kind =
                lot.of(
                        name + "/kind",
                        FaultKind.LOSE,
                        FaultKind.DELAY,
                        FaultKind.DOUBLE,
                        FaultKind.REORDER);
        return some(
                Fault.of(kind, "interrupt/" + lot.below(name + "/vector", scenario.vectors()))
                        .amount(kind == FaultKind.DELAY ? delay(lot, name) : 0),
                lot,
                name);
    }

    private static Fault doorbell(Lot lot, String name, Scenario scenario) {
        FaultKind kind =
                lot.of(
                        name + "/kind",
                        FaultKind.LOSE,
                        FaultKind.DOUBLE,
                        FaultKind.DELAY,
                        FaultKind.REORDER,
                        FaultKind.FLIP);
        int queue = 1 + lot.below(name + "/queue", scenario.queuePairs());
        String site = lot.of(name + "/site", "write/sq-%d-tail", "write/cq-%d-head");
        long amount =
                switch (kind) {
                    case DELAY -> delay(lot, name);
                    case FLIP -> 1L << lot.below(name + "/bit", 16);
                    default -> 0;
                };
        return some(Fault.of(kind, site.formatted(queue)).amount(amount), lot, name);
    }

    private static Fault commands(Lot lot, String name, Scenario scenario) {
        int queue = 1 + lot.below(name + "/queue", scenario.queuePairs());
        FaultKind kind = lot.of(name + "/kind", FaultKind.SLOW, FaultKind.HANG);
        Fault fault =
                Fault.of(kind, "commands/cq-" + queue)
                        .amount(kind == FaultKind.SLOW ? delay(lot, name) : 0)
                        .nth(lot.small(name + "/nth", 40));
        return kind == FaultKind.HANG ? fault : fault.times(lot.small(name + "/times", 4));
    }

    private static Fault wake(Lot lot, String name, Scenario scenario) {
        int queue = 1 + lot.below(name + "/queue", scenario.queuePairs());
        FaultKind kind = lot.of(name + "/kind", FaultKind.LOSE, FaultKind.DELAY, FaultKind.DELAY);
        return some(
                Fault.of(kind, lot.of(name + "/site", "wake/sq-", "wake/cq-") + queue)
                        .amount(kind == FaultKind.DELAY ? delay(lot, name) : 0),
                lot,
                name);
    }

    private static Fault crash(Lot lot, String name, Scenario scenario) {
        int queue = 1 + lot.below(name + "/queue", scenario.queuePairs());
        String actor =
                lot.of(
                        name + "/actor",
                        "submission-queue-" + queue,
                        "completion-queue-" + queue,
                        "namespaces-0",
                        "interrupt-" + lot.below(name + "/vector", scenario.vectors()));
        return Fault.of(FaultKind.CRASH, "actor/" + actor).nth(1 + lot.below(name + "/nth", 60));
    }

    private static Fault some(Fault fault, Lot lot, String name) {
        return fault.nth(lot.small(name + "/nth", 40)).times(lot.small(name + "/times", 4));
    }

    /** From a little to beyond the host's patience. */
    private static long delay(Lot lot, String name) {
        return lot.of(
                name + "/delay",
                2_000L,
                20_000L,
                300_000L,
                5 * MILLISECOND,
                30 * MILLISECOND,
                250 * MILLISECOND);
    }
}
