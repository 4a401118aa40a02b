package io.doorbell.simulation.explore;

import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;
import io.doorbell.simulation.memory.MemoryModel;
import io.doorbell.simulation.wire.WireTimes;

import java.util.List;
import java.util.StringJoiner;

/**
 * What one seed explores. Each seed has a kind of its own: few queues or several, tiny ones or not,
 * this memory or that, some kinds of faults and not others; what all seeds had would hide what
 * shows only without it.
 *
 * @param strategy how far the run leaves the ordinary course
 */
public record Draw(Scenario scenario, Strategy strategy, List<Fault> faults) {
    private static final long MILLISECOND = 1_000_000;
    private static final int BLOCK_BYTES = 4096;
    private static final int COMMANDS = 120; // of all queues, before the read-back

    public Draw {
        faults = List.copyOf(faults);
    }

    /** What a seed stands for. */
    public static Draw of(long seed) {
        Lot lot = new Lot(seed);
        return of(lot, scenario(lot));
    }

    /** What a seed stands for in a scenario that is given. */
    public static Draw of(long seed, Scenario scenario) {
        return of(new Lot(seed), scenario);
    }

    /** Errands that a scenario has stay as they are. */
    private static Draw of(Lot lot, Scenario scenario) {
        List<Fault> faults = FaultSets.draw(lot, scenario);
        Scenario busy =
                scenario.errands().isBlank()
                        ? scenario.withErrands(Errand.text(ErrandLot.draw(lot, scenario, faults)))
                        : scenario;
        return new Draw(busy, strategy(lot), faults);
    }

    /** The same with these faults instead. */
    public Draw withFaults(List<Fault> others) {
        return new Draw(scenario, strategy, others);
    }

    /** The same without faults. */
    public Draw withoutFaults() {
        return new Draw(scenario, strategy, List.of());
    }

    /**
     * How to make the run of a seed.
     *
     * @param keepsSteps whether the first difference to another run will be asked for
     */
    public Plan plan(long seed, boolean keepsSteps) {
        return new Plan(Choices.drawn(seed), strategy, faults, keepsSteps);
    }

    /** The run of a seed, as a file has it. */
    public Case caseOf(String build, long seed, Outcome outcome) {
        return Case.of(build, seed, scenario, strategy, faults, outcome);
    }

    private static Scenario scenario(Lot lot) {
        int pairs = lot.of("pairs", 1, 1, 2, 3, 4);
        int entries = lot.of("entries", 2, 3, 4, 5, 8, 16, 33);
        boolean coalesces = lot.oneIn("coalescing", 3);
        return new Scenario(
                pairs,
                entries,
                lot.oneIn("shared-vectors", 4) ? 2 : pairs + 1,
                Math.max(1, lot.of("depth", 1, 2, entries / 2, entries - 1, 2 * entries)),
                Math.max(8, COMMANDS / pairs),
                lot.of(
                        "access",
                        ReadWrite.RANDRW,
                        ReadWrite.RANDRW,
                        ReadWrite.RANDWRITE,
                        ReadWrite.WRITE),
                lot.of("block", BLOCK_BYTES, BLOCK_BYTES, 512, 4 * BLOCK_BYTES),
                1L << 20,
                true,
                coalesces ? lot.of("coalescing/entries", 2, 4, 8) : 1,
                coalesces ? lot.of("coalescing/time", 1, 2, 10) : 0,
                lot.of("burst", 1, 2, 4, 32),
                lot.of(
                        "memory",
                        MemoryModel.WEAK,
                        MemoryModel.WEAK,
                        MemoryModel.TOTAL_STORE_ORDER,
                        MemoryModel.STRONG),
                lot.of("wires", WireTimes.PCI_EXPRESS, WireTimes.PCI_EXPRESS, WireTimes.NONE),
                lot.of("step", 20, 50, 200),
                lot.of("timeout", 20 * MILLISECOND, 100 * MILLISECOND),
                host(lot),
                "");
    }

    /** A driver with a few habits of its own. */
    private static String host(Lot lot) {
        StringJoiner habits = new StringJoiner(" ");
        if (lot.oneIn("host/shadows", 2)) {
            habits.add(
                    "shadows=" + (lot.oneIn("host/admin-shadow", 4) ? "admin-too" : "io-queues"));
            if (lot.oneIn("host/stale-shadows", 4)) {
                habits.add("zeroes-shadows=false");
            }
            habits.add("arithmetic=" + lot.of("host/arithmetic", "linux", "spdk", "queue-size"));
            if (lot.oneIn("host/stale-shadows", 3)) {
                habits.add("zeroes-shadows=false");
            }
            habits.add("shadow-order=" + lot.of("host/order", "after-queues", "before-queues"));
        } else {
            habits.add("shadows=none"); // Linux uses them
        }
        if (lot.oneIn("host/tail-first", 3)) {
            habits.add("order=tail-first");
        }
        if (lot.oneIn("host/small-completions", 3)) {
            habits.add("completion-entries=" + lot.of("host/completion-entries", 2, 3, 4));
        }
        if (lot.oneIn("host/shared-completions", 4)) {
            habits.add("submission-queues-each=" + lot.of("host/each", 2, 3));
        }
        if (lot.oneIn("host/fullness", 4)) {
            habits.add("fullness=" + lot.of("host/full", "both", "reported-head"));
        }
        if (lot.oneIn("host/rings", 4)) {
            habits.add("commands-per-ring=" + lot.of("host/commands", 1, 2));
            habits.add("completions-per-ring=" + lot.of("host/completions", 1, 2));
        }
        if (lot.oneIn("host/buffers", 3)) {
            habits.add("buffers=scattered");
        }
        if (lot.oneIn("host/polls", 6)) {
            habits.add("poll-interval=1");
            habits.add("interrupts=" + lot.of("host/interrupts", "true", "false"));
        }
        if (lot.oneIn("host/resets", 6)) {
            habits.add("reaction=reset");
        }
        if (lot.oneIn("host/deletion", 3)) {
            habits.add(
                    "deletion="
                            + lot.of(
                                    "host/deletion-order",
                                    "pair-by-pair",
                                    "completion-queues-first",
                                    "none"));
        }
        if (lot.oneIn("host/memory", 4)) {
            habits.add("memory=" + lot.of("host/left", "all-zeroed", "phase-cleared"));
        }
        if (lot.oneIn("host/deletion", 3)) {
            habits.add(
                    "deletion="
                            + lot.of(
                                    "host/deleted",
                                    "pair-by-pair",
                                    "completion-queues-first",
                                    "none"));
        }
        if (lot.oneIn("host/sizes", 4)) {
            habits.add("sizes=vary");
        }
        if (lot.oneIn("host/pin", 4)) {
            habits.add(
                    "interrupt-mode="
                            + lot.of("host/pin-mode", "pin", "pin-masked", "pin-then-msix"));
        }
        if (lot.oneIn("host/wide", 4)) {
            habits.add("wide-registers=true");
        }
        if (lot.oneIn("host/enables", 4)) {
            habits.add("enables-at-once=true");
        }
        if (lot.oneIn("host/keeps", 3)) {
            habits.add("keeps-admin-registers=true");
        }
        if (lot.oneIn("host/perseveres", 6)) {
            habits.add(FaultSets.PERSEVERING);
        }
        if (lot.oneIn("host/drains", 2)) {
            habits.add("drains=true");
        }
        if (lot.oneIn("host/no-events", 3)) {
            habits.add("asks-for-events=false");
        }
        if (lot.oneIn("host/spare", 2)) {
            habits.add("spare-queues=1");
        }
        return habits.toString();
    }

    private static Strategy strategy(Lot lot) {
        return lot.of(
                "strategy",
                Strategy.ORDINARY,
                Strategy.RANDOM,
                Strategy.RANDOM,
                Strategy.PRIORITIES,
                Strategy.priorities(lot.of("strategy/depth", 1, 2, 3, 4)),
                new Strategy(0.05, 64, 0, 0, 0.5, 0.02),
                new Strategy(0, 1, 0, 0, 0.3, 0.3));
    }
}
