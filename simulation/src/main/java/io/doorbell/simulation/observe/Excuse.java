package io.doorbell.simulation.observe;

import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.spec.Doorbells;

import java.util.List;

/**
 * What the laws forgive because of a fault: as little as the fault explains, since bugs are looked
 * for in runs with faults as well. A reset of the controller ends every excuse.
 *
 * <p>The model follows what arrives. A store that is lost or late on its way was never made, to the
 * device, and excuses nothing; one that arrives changed, or behind its time, is announced by {@link
 * BusObserver#spoiltArrives}.
 */
public sealed interface Excuse {
    /** Everything holds all the same. */
    record Nothing() implements Excuse {}

    /** No interrupt is owed on a vector until its next message arrives. */
    record Vector(int vector, boolean isLost) implements Excuse {}

    /** The device may overlook a doorbell until a moment. */
    record Wake(int doorbell, long untilNanos) implements Excuse {}

    /** The device may overlook a shadow doorbell until the register is rung again. */
    record Kick(int doorbell) implements Excuse {}

    /** These commands need not be completed. */
    record Commands(List<Strike.Command> commands) implements Excuse {}

    /** These commands are executed until then; nobody owes what comes after before. */
    record Slow(List<Strike.Command> commands, long untilNanos) implements Excuse {}

    /** One actor fails, and what it did is not done any more until a reset. */
    record Failure() implements Excuse {}

    /** Nothing is owed any more until a reset; what is forbidden stays so. */
    record Device() implements Excuse {}

    /** What a strike at this moment excuses. A new kind of fault must say so here. */
    static Excuse of(Strike strike, long nowNanos) {
        FaultKind kind = strike.fault().kind();
        return switch (kind) {
            case LOSE, DELAY, REORDER -> missing(strike, nowNanos);
            case OVERTAKE -> new Vector(strike.vector(), false);
            case FLIP -> strike.place().equals("write") ? kick(strike) : new Nothing();
            case HANG -> new Commands(strike.commands());
            case CRASH -> new Failure();
            case SLOW -> slow(strike, nowNanos);
            case DOUBLE, ALL_ONES, STALE -> new Nothing();
        };
    }

    /** What does not arrive, or not in time. */
    private static Excuse missing(Strike strike, long nowNanos) {
        FaultKind kind = strike.fault().kind();
        boolean isLost = kind == FaultKind.LOSE;
        return switch (strike.place()) {
            case "interrupt" ->
                    kind == FaultKind.DELAY
                            ? new Nothing() // it is under way, and the model knows
                            : new Vector(strike.vector(), isLost);
            case "write" -> kick(strike);
            case "wake" ->
                    new Wake(
                            doorbell(strike),
                            isLost ? Long.MAX_VALUE : nowNanos + strike.fault().amount());
            case "commands" -> isLost ? new Commands(strike.commands()) : slow(strike, nowNanos);
            default -> new Device();
        };
    }

    private static Excuse slow(Strike strike, long nowNanos) {
        return new Slow(strike.commands(), nowNanos + strike.fault().amount());
    }

    private static Excuse kick(Strike strike) {
        return strike.queueId() == Strike.NONE ? new Nothing() : new Kick(doorbell(strike));
    }

    private static int doorbell(Strike strike) {
        return strike.isSubmissionQueue()
                ? Doorbells.submissionTailIndex(strike.queueId())
                : Doorbells.completionHeadIndex(strike.queueId());
    }
}
