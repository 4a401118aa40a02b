package io.doorbell.simulation.explore;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultCondition;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.lab.Scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws the faults of a seed: none, a pair that history says matters, or some of a few families;
 * which families, each seed draws anew (swarm testing), so that no family always hides another.
 *
 * <p>Together they stay within what a host gets over: an I/O is sent again only so often, and a
 * controller that fails must not be disturbed while it is brought up again.
 */
final class FaultSets {
    /** What a host is called that survives more; see {@link #bringUp}. */
    static final String PERSEVERING = "bring-ups=4";

    /** How often the faults of a set may cost an I/O an attempt. */
    private static final int ATTEMPTS_MAX = 4;

    /** What takes less than this nobody takes for lost. */
    private static final long PATIENCE_NANOS_MIN = 5_000_000;

    private static final int FAULTS_MAX = 4;

    private final Lot lot;
    private final Scenario scenario;
    private final List<Fault> faults = new ArrayList<>();
    private int attemptsLeft = ATTEMPTS_MAX;

    private FaultSets(Lot lot, Scenario scenario) {
        this.lot = lot;
        this.scenario = scenario;
    }

    static List<Fault> draw(Lot lot, Scenario scenario) {
        FaultSets set = new FaultSets(lot, scenario);
        if (scenario.host().contains(PERSEVERING)) {
            set.bringUp();
            return List.copyOf(set.faults);
        }
        switch (lot.of("faults", "none", "none", "pair", "controller", "swarm", "swarm")) {
            case "pair" -> set.pair();
            case "controller" -> set.controller();
            case "swarm" -> set.swarm(false);
            default -> {}
        }
        return List.copyOf(set.faults);
    }

    private FaultLot named(String name) {
        return new FaultLot(lot, scenario, name);
    }

    private void swarm(boolean quietOnly) {
        int oneIn = lot.of("faults/families", 2, 4, 8);
        for (int i = 0; i < FaultLot.FAMILIES.size() && faults.size() < FAULTS_MAX; i++) {
            String name = "fault-" + i;
            if (lot.oneIn(name, oneIn)) {
                add(FaultLot.FAMILIES.get(i).draw(named(name)), quietOnly);
            }
        }
    }

    private void controller() {
        faults.add(FaultLot.CONTROLLER.draw(named("controller")));
        if (lot.oneIn("controller/among-others", 2)) {
            swarm(true);
        }
    }

    /** A reset, its bring-up, or the one after that, meets with what is not as it should be. */
    private void bringUp() {
        faults.add(FaultLot.BRING_UP.draw(named("bring-up")));
        if (lot.oneIn("bring-up/second", 2)) {
            faults.add(FaultLot.BRING_UP.draw(named("bring-up/again")));
        }
        if (lot.oneIn("bring-up/among-others", 3)) {
            attemptsLeft = 1;
            swarm(false);
        }
    }

    // ---- pairs -------------------------------------------------------------------------------

    private void pair() {
        int queue = named("pair").queue();
        switch (lot.of("pair", "full", "reset", "timeout", "error")) {
            case "full" -> fullAndShadowed(queue);
            case "reset" -> resetInFlight();
            case "timeout" -> timeoutAndCompletion(queue);
            default -> errorAndFull(queue);
        }
    }

    /** No room, while doorbells go through memory and may be elided. */
    private void fullAndShadowed(int queue) {
        Fault fault =
                lot.<Fault>of(
                        "pair/full",
                        Fault.of(FaultKind.LOSE, "dma-write/eventidx"),
                        Fault.of(FaultKind.DELAY, "dma-write/eventidx").amount(300_000),
                        Fault.of(FaultKind.DELAY, "wake/cq-" + queue).amount(300_000),
                        Fault.of(FaultKind.LOSE, "wake/cq-" + queue),
                        Fault.of(FaultKind.SLOW, "write/cq-" + queue + "-head").amount(300_000),
                        Fault.of(FaultKind.LOSE, "write/cq-" + queue + "-head"));
        add(often(fault.when(FaultCondition.CQ_FULL), "pair/first"), false);
        add(
                often(Fault.of(FaultKind.LOSE, "interrupt/*"), "pair/second")
                        .when(FaultCondition.CQ_FULL),
                false);
    }

    /** The controller fails while commands of several queues are under way. */
    private void resetInFlight() {
        faults.add(
                Fault.of(FaultKind.CFS, "controller/step")
                        .when(lot.of("pair/state", FaultCondition.CROWDED, FaultCondition.CQ_FULL))
                        .nth(1 + lot.below("pair/nth", 200)));
        add(FaultLot.FAMILIES.getLast().draw(named("pair/status")), true);
    }

    /** A command is done just when the host loses its patience with it. */
    private void timeoutAndCompletion(int queue) {
        long off = lot.of("pair/off", -5_000, -500, 0, 500, 3_000, 10_000, 100_000, 1_000_000);
        FaultKind kind = lot.of("pair/late", FaultKind.SLOW, FaultKind.SLOW, FaultKind.DOUBLE);
        add(
                often(
                        kind == FaultKind.DOUBLE
                                ? Fault.of(FaultKind.DELAY, "interrupt/*")
                                        .amount(scenario.commandTimeoutNanos() + off)
                                : Fault.of(kind, "commands/cq-" + queue)
                                        .amount(scenario.commandTimeoutNanos() + off),
                        "pair/first"),
                false);
    }

    /** Something fails while there is no room to say so. */
    private void errorAndFull(int queue) {
        String site =
                lot.of(
                        "pair/error",
                        "commands/cq-" + queue,
                        "commands/cq-" + queue,
                        "media/read",
                        "media/write",
                        "dma-write/data-" + queue);
        add(
                often(
                        Fault.of(FaultKind.FAIL, site)
                                .when(
                                        lot.of(
                                                "pair/state",
                                                FaultCondition.CQ_FULL,
                                                FaultCondition.SQ_FULL)),
                        "pair/first"),
                false);
        add(often(Fault.of(FaultKind.DELAY, "interrupt/*").amount(40_000), "pair/second"), false);
    }

    private Fault often(Fault fault, String name) {
        return fault.nth(lot.small(name + "/nth", 16)).times(lot.small(name + "/times", 4));
    }

    // ---- limits ------------------------------------------------------------------------------

    private void add(Fault fault, boolean quietOnly) {
        if (isQuiet(fault)) {
            faults.add(fault);
        } else if (!quietOnly && attemptsLeft > 0) {
            Fault fewer = fault.times(Math.min(attemptsLeft, fault.times()));
            attemptsLeft -= (int) fewer.times();
            faults.add(fewer);
        }
    }

    /**
     * Whether it costs no I/O an attempt: an interrupt that is missing is made up for by a look.
     */
    private static boolean isQuiet(Fault fault) {
        return switch (fault.kind()) {
            case DOUBLE, TEAR, STALE, SPURIOUS, OVERTAKE -> true;
            case SLOW, DELAY -> fault.amount() < PATIENCE_NANOS_MIN || isInterruptOrStatus(fault);
            default -> isInterruptOrStatus(fault);
        };
    }

    private static boolean isInterruptOrStatus(Fault fault) {
        return fault.site().startsWith("interrupt/") || fault.site().equals("write/cc");
    }
}
