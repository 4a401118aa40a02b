package io.doorbell.simulation.explore;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultCondition;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NvmOpcode;

import java.util.List;

/**
 * Draws single faults, by family. All are such that a host gets over them; see {@link
 * io.doorbell.simulation.fault.Survival}.
 */
final class FaultLot {
    /** Draws one fault. */
    interface Family {
        Fault draw(FaultLot lot);
    }

    /** Those of which the controller fails: one at a time. */
    static final Family CONTROLLER = FaultLot::controller;

    /** Those that a host gets over which tries its bring-up again. */
    static final Family BRING_UP = FaultLot::bringUp;

    /** All others. */
    static final List<Family> FAMILIES =
            List.of(
                    FaultLot::interrupt,
                    FaultLot::tail,
                    FaultLot::head,
                    FaultLot::command,
                    FaultLot::wake,
                    FaultLot::entry,
                    FaultLot::eventIndex,
                    FaultLot::error,
                    FaultLot::status);

    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000 * MICROSECOND;
    private static final int DOORBELL_BITS = 16;
    private static final int ENTRIES_LOG2_MAX = 12; // flipped above this, a tail is none

    /** Of commands without which no controller comes up, or which a host does without. */
    private static final List<Integer> BRING_UP_OPCODES =
            List.of(
                    AdminOpcode.IDENTIFY,
                    AdminOpcode.GET_LOG_PAGE,
                    AdminOpcode.SET_FEATURES,
                    AdminOpcode.CREATE_IO_COMPLETION_QUEUE,
                    AdminOpcode.CREATE_IO_SUBMISSION_QUEUE,
                    AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                    AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                    AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST,
                    AdminOpcode.DOORBELL_BUFFER_CONFIG);

    private final Lot lot;
    private final Scenario scenario;
    private final String name;

    /**
     * @param name under which everything is drawn
     */
    FaultLot(Lot lot, Scenario scenario, String name) {
        this.lot = lot;
        this.scenario = scenario;
        this.name = name;
    }

    // ---- families ----------------------------------------------------------------------------

    private Fault interrupt() {
        FaultKind kind =
                kind(
                        FaultKind.LOSE,
                        FaultKind.LOSE,
                        FaultKind.DELAY,
                        FaultKind.DOUBLE,
                        FaultKind.REORDER,
                        FaultKind.OVERTAKE,
                        FaultKind.SPURIOUS);
        String vector =
                lot.oneIn(name + "/any-vector", 5)
                        ? "*"
                        : String.valueOf(lot.below(name + "/vector", scenario.vectors()));
        Fault fault = Fault.of(kind, "interrupt/" + vector);
        return some(late(fault, FaultKind.DELAY, FaultKind.SPURIOUS));
    }

    private Fault tail() {
        FaultKind kind =
                kind(
                        FaultKind.LOSE,
                        FaultKind.LOSE,
                        FaultKind.DOUBLE,
                        FaultKind.SLOW,
                        FaultKind.FLIP);
        Fault fault = slow(Fault.of(kind, "write/sq-" + queue() + "-tail"));
        return some(kind == FaultKind.FLIP ? fault.amount(bit(ENTRIES_LOG2_MAX)) : fault);
    }

    private Fault head() {
        FaultKind kind =
                kind(
                        FaultKind.LOSE,
                        FaultKind.DOUBLE,
                        FaultKind.DELAY,
                        FaultKind.SLOW,
                        FaultKind.REORDER,
                        FaultKind.FLIP);
        Fault fault = Fault.of(kind, "write/cq-" + queue() + "-head");
        fault = slow(late(fault, FaultKind.DELAY));
        return some(kind == FaultKind.FLIP ? fault.amount(bit(0)) : fault);
    }

    private Fault command() {
        FaultKind kind =
                kind(
                        FaultKind.SLOW,
                        FaultKind.SLOW,
                        FaultKind.HANG,
                        FaultKind.LOSE,
                        FaultKind.DOUBLE,
                        FaultKind.FAIL,
                        FaultKind.MISIDENTIFY);
        Fault fault = late(Fault.of(kind, "commands/cq-" + queue()), FaultKind.SLOW);
        return some(
                lot.oneIn(name + "/opcode?", 3)
                        ? fault.opcode(lot.of(name + "/opcode", NvmOpcode.READ, NvmOpcode.WRITE))
                        : fault);
    }

    private Fault wake() {
        FaultKind kind = kind(FaultKind.LOSE, FaultKind.DELAY, FaultKind.DELAY, FaultKind.DOUBLE);
        String side = lot.of(name + "/side", "wake/sq-", "wake/cq-");
        return some(late(Fault.of(kind, side + queue()), FaultKind.DELAY));
    }

    private Fault entry() {
        FaultKind kind = kind(FaultKind.LOSE, FaultKind.DELAY, FaultKind.TEAR, FaultKind.STALE);
        Fault fault = Fault.of(kind, "dma-write/cqe-" + queue());
        return some(
                kind == FaultKind.DELAY
                        ? fault.amount(lot.of(name + "/delay", 1, 10, 100, 1_000) * MICROSECOND)
                        : fault);
    }

    private Fault eventIndex() {
        FaultKind kind = kind(FaultKind.LOSE, FaultKind.DELAY);
        return some(late(Fault.of(kind, "dma-write/eventidx"), FaultKind.DELAY));
    }

    private Fault error() {
        int queue = queue();
        return some(
                Fault.of(
                        FaultKind.FAIL,
                        lot.of(
                                name + "/error",
                                "dma-read/prp-" + queue,
                                "dma-read/data-" + queue,
                                "dma-write/data-" + queue,
                                "media/read",
                                "media/write")));
    }

    /** Of use where another fault has the controller reset. */
    private Fault status() {
        return lot.oneIn(name + "/stale", 2)
                ? Fault.of(FaultKind.STALE, "read/csts")
                        .nth(lot.small(name + "/nth", 8))
                        .times(lot.of(name + "/times", 1, 5, 50))
                : slow(Fault.of(FaultKind.SLOW, "write/cc")).nth(lot.small(name + "/nth", 4));
    }

    private Fault controller() {
        int queue = queue();
        Fault fault =
                lot.<Fault>of(
                        name + "/failure",
                        Fault.of(FaultKind.CFS, "controller/step"),
                        Fault.of(FaultKind.REMOVE, "controller/step").amount(away()),
                        Fault.of(FaultKind.FAIL, "dma-read/sqe-" + queue),
                        Fault.of(FaultKind.FAIL, "dma-write/cqe-" + queue),
                        Fault.of(FaultKind.CRASH, "actor/submission-queue-" + queue),
                        Fault.of(FaultKind.CRASH, "actor/completion-queue-" + queue),
                        Fault.of(FaultKind.CRASH, "actor/namespaces-0"),
                        Fault.of(
                                FaultKind.CRASH,
                                "actor/interrupt-"
                                        + lot.below(name + "/vector", scenario.vectors())));
        // A controller that fails while it comes up is rightly given up.
        boolean atAnyStep = fault.site().equals("controller/step");
        Fault inTime = atAnyStep ? fault.when(FaultCondition.IN_FLIGHT) : fault;
        return when(inTime.nth(1 + lot.below(name + "/nth", atAnyStep ? 1_000 : 60)));
    }

    private Fault bringUp() {
        Fault fault =
                switch (lot.of(name + "/of", "command", "command", "end", "read", "ring", "cfs")) {
                    case "command" ->
                            Fault.of(
                                    kind(FaultKind.FAIL, FaultKind.FAIL, FaultKind.HANG),
                                    "execution/sq-0");
                    case "end" ->
                            Fault.of(kind(FaultKind.SLOW, FaultKind.DOUBLE), "commands/cq-0")
                                    .amount(lot.of(name + "/late", 20, 300, 5_000) * MICROSECOND);
                    case "read" ->
                            Fault.of(
                                            FaultKind.ALL_ONES,
                                            lot.of(
                                                    name + "/read",
                                                    "read/csts",
                                                    "read/csts",
                                                    "read/*"))
                                    .times(lot.of(name + "/reads", 1, 1, 3));
                    case "ring" ->
                            Fault.of(
                                    FaultKind.LOSE,
                                    lot.of(name + "/lost", "write/sq-0-tail", "wake/sq-0"));
                    default ->
                            Fault.of(FaultKind.CFS, "controller/step")
                                    .when(FaultCondition.IN_RESET);
                };
        boolean known = fault.site().equals("execution/sq-0") && lot.oneIn(name + "/opcode?", 2);
        return known
                ? fault.opcode(lot.of(name + "/opcode", BRING_UP_OPCODES))
                        .nth(lot.small(name + "/nth-opcode", 4))
                : fault.nth(1 + lot.below(name + "/nth", 32));
    }

    // ---- what several families draw ----------------------------------------------------------

    private FaultKind kind(FaultKind... kinds) {
        return lot.of(name + "/kind", kinds);
    }

    int queue() {
        return 1 + lot.below(name + "/queue", scenario.queuePairs());
    }

    private long bit(int from) {
        return 1L << (from + lot.below(name + "/bit", DOORBELL_BITS - from));
    }

    private long away() {
        return lot.of(name + "/away", 10, 200, 1_500) * MICROSECOND;
    }

    private Fault late(Fault fault, FaultKind... kinds) {
        return List.of(kinds).contains(fault.kind()) ? fault.amount(delay()) : fault;
    }

    /** Loads wait behind a slow store: no host is as patient with them as with commands. */
    private Fault slow(Fault fault) {
        return fault.kind() == FaultKind.SLOW
                ? fault.amount(lot.of(name + "/slow", 2, 20, 300, 5_000) * MICROSECOND)
                : fault;
    }

    /** From a little to beyond the host's patience. */
    private long delay() {
        return lot.of(
                name + "/delay",
                2 * MICROSECOND,
                20 * MICROSECOND,
                300 * MICROSECOND,
                5 * MILLISECOND,
                30 * MILLISECOND,
                250 * MILLISECOND);
    }

    private Fault some(Fault fault) {
        Fault several = fault.times(lot.small(name + "/times", 4));
        return lot.oneIn(name + "/p?", 8)
                ? several.probability(lot.of(name + "/p", 0.02, 0.1))
                : when(several.nth(lot.small(name + "/nth", 40)));
    }

    /** Mostly always; else, in a state that is rarer than what happens in it. */
    private Fault when(Fault fault) {
        if (!lot.oneIn(name + "/when?", 8)) {
            return fault;
        }
        return fault.when(
                        lot.of(
                                name + "/when",
                                FaultCondition.CQ_FULL,
                                FaultCondition.SQ_FULL,
                                FaultCondition.IN_FLIGHT,
                                FaultCondition.CROWDED))
                .nth(lot.small(name + "/nth-when", 8));
    }
}
