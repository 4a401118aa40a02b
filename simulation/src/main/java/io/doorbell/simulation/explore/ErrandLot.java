package io.doorbell.simulation.explore;

import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.errand.ErrandKind;
import io.doorbell.simulation.errand.Moment;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Survival;
import io.doorbell.simulation.lab.Scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws the errands of a seed: none, a few of any kind, or a few that together have found bugs
 * before.
 */
final class ErrandLot {
    private static final List<ErrandKind> RESETS =
            List.of(
                    ErrandKind.RESET_CONTROLLER,
                    ErrandKind.RESET_CONTROLLER,
                    ErrandKind.RESET_FUNCTION,
                    ErrandKind.RESET_SUBSYSTEM,
                    ErrandKind.SHUT_DOWN,
                    ErrandKind.SHUT_DOWN_ABRUPTLY,
                    ErrandKind.DISABLE_MASTERING,
                    ErrandKind.RECREATE_QUEUES,
                    ErrandKind.RECREATE_QUEUES);
    private static final List<ErrandKind> SLOWNESS =
            List.of(ErrandKind.STALL_CONSUMER, ErrandKind.STALL_CONSUMER, ErrandKind.HOLD_HEAD);
    private static final List<ErrandKind> INTERRUPTS =
            List.of(ErrandKind.MASK_VECTOR, ErrandKind.MASK_VECTOR, ErrandKind.MASK_FUNCTION);
    private static final List<ErrandKind> RINGS =
            List.of(
                    ErrandKind.RING_TAIL,
                    ErrandKind.RING_HEAD,
                    ErrandKind.RING_HEAD_PAST_TAIL,
                    ErrandKind.RING_HEAD_PAST_TAIL,
                    ErrandKind.RING_AGAIN,
                    ErrandKind.RING_ODD_WIDTH);
    private static final List<ErrandKind> ADMIN =
            List.of(
                    ErrandKind.IDENTIFY,
                    ErrandKind.GET_LOG,
                    ErrandKind.SET_FEATURE,
                    ErrandKind.WRONG_QUEUE_COMMAND,
                    ErrandKind.SPARE_QUEUES,
                    ErrandKind.READ_REGISTERS,
                    ErrandKind.WRONG_ADMIN_COMMAND,
                    ErrandKind.ABORT,
                    ErrandKind.REQUEST_EVENTS);
    private static final List<ErrandKind> COMMANDS =
            List.of(
                    ErrandKind.FAIL_COMMANDS,
                    ErrandKind.MIX_COMMANDS,
                    ErrandKind.FUSE,
                    ErrandKind.MOVE_DATA);

    /** Errands that meet each other in a seed: one list is drawn, and one kind of each part. */
    private static final List<List<List<ErrandKind>>> THEMES =
            List.of(
                    List.of(RESETS),
                    List.of(RESETS, RESETS),
                    List.of(SLOWNESS, RESETS),
                    List.of(SLOWNESS, COMMANDS),
                    List.of(SLOWNESS, SLOWNESS),
                    List.of(INTERRUPTS, RESETS),
                    List.of(INTERRUPTS, SLOWNESS),
                    List.of(INTERRUPTS),
                    List.of(RINGS),
                    List.of(RINGS, RESETS),
                    List.of(RINGS, List.of(ErrandKind.REQUEST_EVENTS), List.of(ErrandKind.GET_LOG)),
                    List.of(ADMIN, ADMIN),
                    List.of(ADMIN, RESETS),
                    List.of(ADMIN, RINGS),
                    List.of(COMMANDS, COMMANDS),
                    List.of(COMMANDS, RESETS),
                    List.of(COMMANDS, ADMIN, INTERRUPTS),
                    List.of(List.of(ErrandKind.ABORT), List.of(ErrandKind.ABORT), SLOWNESS),
                    List.of(List.of(ErrandKind.PAUSE), RINGS),
                    List.of(List.of(ErrandKind.PAUSE), COMMANDS),
                    List.of(List.of(ErrandKind.PAUSE), RESETS));

    /** The same where it is resets that go wrong. */
    private static final List<List<List<ErrandKind>>> RESET_THEMES =
            List.of(
                    List.of(RESETS),
                    List.of(RESETS, RESETS),
                    List.of(ADMIN, RESETS),
                    List.of(COMMANDS, RESETS),
                    List.of(SLOWNESS, RESETS));

    private static final int ADMIN_ENTRIES = 32;
    private static final int NOBODYS_QUEUE = 200;
    private static final long PAUSE_NANOS = 8_000_000;
    private static final int SUBMISSION_QUEUES_EACH_MAX = 3;

    private ErrandLot() {}

    static List<Errand> draw(Lot lot, Scenario scenario, List<Fault> faults) {
        if (faults.stream().anyMatch(ErrandLot::endsAll)) {
            return List.of();
        }
        if (faults.stream().anyMatch(fault -> fault.survival() == Survival.PERSEVERED)) {
            return draw(lot, scenario, faults, lot.of("errands/theme", RESET_THEMES));
        }
        return lot.oneIn("errands", 3)
                ? List.of()
                : draw(lot, scenario, faults, lot.of("errands/theme", THEMES));
    }

    private static List<Errand> draw(
            Lot lot, Scenario scenario, List<Fault> faults, List<List<ErrandKind>> theme) {
        List<Errand> errands = new ArrayList<>();
        for (int i = 0; i < theme.size(); i++) {
            String name = "errand-" + i;
            Errand errand = errand(lot, name, lot.of(name + "/kind", theme.get(i)), scenario);
            if (faults.stream().noneMatch(fault -> isAtOdds(fault, errand.kind()))) {
                errands.add(errand);
            }
        }
        if (errands.stream().anyMatch(ErrandLot::raisesEvent)
                && lot.oneIn("errand-late/wanted", 2)) {
            errands.add(errand(lot, "errand-late", ErrandKind.REQUEST_EVENTS, scenario));
        }
        return errands;
    }

    /** Of which a host hears only if it asks, be it later. */
    private static boolean raisesEvent(Errand errand) {
        return errand.kind() == ErrandKind.RING_TAIL || errand.kind() == ErrandKind.RING_HEAD;
    }

    /** A controller that has failed cannot be reset by everybody who happens to want it. */
    private static boolean endsAll(Fault fault) {
        return fault.kind() == FaultKind.CRASH;
    }

    /** Whether the two together may do what no host gets over, or no law can judge. */
    private static boolean isAtOdds(Fault fault, ErrandKind kind) {
        return isWrongOnItsWay(fault, kind)
                || looksWhileAway(fault, kind)
                || seesWhatTheDriverDoesNot(fault, kind);
    }

    /** What is wrong on its way may be right when it arrives. */
    private static boolean isWrongOnItsWay(Fault fault, ErrandKind kind) {
        return RINGS.contains(kind) && fault.site().startsWith("write/");
    }

    /** Who reads registers beside the driver does not tell it that the device seems gone. */
    private static boolean seesWhatTheDriverDoesNot(Fault fault, ErrandKind kind) {
        return kind == ErrandKind.READ_REGISTERS && fault.kind() == FaultKind.ALL_ONES;
    }

    /** A driver that finds nobody there when it resets or shuts down gives the controller up. */
    private static boolean looksWhileAway(Fault fault, ErrandKind kind) {
        return RESETS.contains(kind) && fault.kind() == FaultKind.REMOVE;
    }

    private static Errand errand(Lot lot, String name, ErrandKind kind, Scenario scenario) {
        Errand errand =
                moment(lot, name, Errand.of(kind)).number(number(lot, name, kind, scenario));
        return switch (kind) {
            case MASK_VECTOR ->
                    errand.lasting(time(lot, name))
                            .amount(lot.of(name + "/amount", 0L, 0L, 2L, 0xFFFF_FFFEL));
            case MASK_FUNCTION, STALL_CONSUMER, HOLD_HEAD, DISABLE_MASTERING ->
                    errand.lasting(time(lot, name));
            case PAUSE -> errand.lasting(PAUSE_NANOS + coalescingNanos(scenario));
            case RING_TAIL, RING_HEAD -> errand.amount(beyond(lot, name, errand, scenario));
            case FAIL_COMMANDS -> errand.amount(lot.small(name + "/amount", 40));
            case ABORT -> errand.amount(lot.of(name + "/amount", 0, 1, 2, 3, 5, 8, 100));
            default -> errand.amount(lot.below(name + "/amount", 64));
        };
    }

    /** A completion queue with room for one entry may coalesce each by itself. */
    private static long coalescingNanos(Scenario scenario) {
        long each = 100_000L * scenario.coalescingHundredMicros();
        return each * scenario.ioDepth() * SUBMISSION_QUEUES_EACH_MAX;
    }

    private static long time(Lot lot, String name) {
        return lot.of(name + "/for", 1_000L, 10_000L, 50_000L, 300_000L, 2_000_000L, 40_000_000L);
    }

    private static Errand moment(Lot lot, String name, Errand errand) {
        long nanos = lot.oneIn(name + "/at-once", 2) ? 0 : lot.small(name + "/nanos", 16) * 100L;
        return switch (lot.below(name + "/moment", 8)) {
            case 0, 1 -> errand.at(lot.small(name + "/at", 400) * 1_000L);
            case 2 -> errand.on(Moment.COMPLETION, 1 + lot.below(name + "/nth", 80), nanos);
            case 3 -> errand.on(Moment.RESET, 1, lot.below(name + "/at", 4_000) * 500L);
            default -> errand.on(Moment.COMMAND, 1 + lot.below(name + "/nth", 80), nanos);
        };
    }

    private static int number(Lot lot, String name, ErrandKind kind, Scenario scenario) {
        int pairs = scenario.queuePairs();
        return switch (kind.target()) {
            case NOTHING -> 0;
            case VECTOR -> lot.below(name + "/vector", scenario.vectors());
            case QUEUE -> 1 + lot.below(name + "/queue", pairs);
            case DOORBELL ->
                    switch (lot.below(name + "/any", 4)) {
                        case 0 -> 0;
                        case 1 -> NOBODYS_QUEUE;
                        default -> 1 + lot.below(name + "/queue", pairs);
                    };
        };
    }

    /** Beyond every queue: a value that the admin queue may not have either. */
    private static int beyond(Lot lot, String name, Errand errand, Scenario scenario) {
        int entries =
                errand.number() == 0
                        ? ADMIN_ENTRIES
                        : Math.max(scenario.queueEntries(), ADMIN_ENTRIES);
        return lot.of(name + "/amount", entries, entries + 1, 2 * entries, 0x7FFF, 0xFFFF);
    }
}
