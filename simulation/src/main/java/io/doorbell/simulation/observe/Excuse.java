package io.doorbell.simulation.observe;

import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.spec.Doorbells;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the laws forgive because of a fault: as little as the fault explains, since bugs are looked
 * for in runs with faults as well. A reset of the controller ends every excuse.
 *
 * <p>The model follows what arrives. A store that is lost or late on its way was never made, to the
 * device, and excuses nothing; one that arrives changed, or behind its time, is announced by {@link
 * BusObserver#spoiltArrives}.
 */
public sealed interface Excuse {
    /** More than a store is on its way when nothing is wrong. */
    long WIRE_NANOS_MAX = 200_000;

    /** Everything holds all the same. */
    record Nothing() implements Excuse {}

    /** No interrupt is owed on a vector until its next message arrives. */
    record Vector(int vector, boolean isLost) implements Excuse {}

    /** The device may overlook a doorbell until a moment. */
    record Wake(int doorbell, long untilNanos) implements Excuse {}

    /** The device may overlook a shadow doorbell until the register is rung again. */
    record Kick(int doorbell) implements Excuse {}

    /** No ring need have arrived before that: all wait behind a slow one. */
    record Stores(long untilNanos) implements Excuse {}

    /** These commands need not be completed. */
    record Commands(List<Strike.Command> commands) implements Excuse {}

    /** These commands are executed until then; nobody owes what comes after before. */
    record Slow(List<Strike.Command> commands, long untilNanos) implements Excuse {}

    /** The entries of a completion queue are spoilt; nothing is asked of it until it is new. */
    record Entries(int queueId) implements Excuse {}

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
            case FLIP -> changed(strike);
            case HANG -> new Commands(strike.commands());
            case CRASH, CFS -> new Failure();
            case SLOW ->
                    strike.place().equals("write")
                            ? new Stores(nowNanos + strike.fault().amount() + WIRE_NANOS_MAX)
                            : slow(strike, nowNanos);
            case DOUBLE ->
                    strike.place().equals("commands")
                            ? new Commands(strike.commands())
                            : new Nothing();
            case MISIDENTIFY -> misidentified(strike);
            case TEAR, STALE -> entry(strike);
            case REMOVE -> new Device();
            case FAIL ->
                    strike.place().equals("execution")
                            ? new Commands(strike.commands())
                            : new Nothing();
            case ALL_ONES, SPURIOUS, MISDIRECT -> new Nothing();
        };
    }

    /** What the device stores into a completion queue is not what it means. */
    private static Excuse entry(Strike strike) {
        return strike.isEntry() ? new Entries(strike.queueId()) : new Nothing();
    }

    private static Excuse changed(Strike strike) {
        return switch (strike.place()) {
            case "write" -> kick(strike);
            case "dma-read" -> new Commands(strike.commands());
            case "dma-write" -> strike.isEntry() ? entry(strike) : unnoticed(strike);
            default -> new Nothing(); // the data says so
        };
    }

    /** The command is completed under a name that no command has. */
    private static Excuse misidentified(Strike strike) {
        int bits = (int) strike.fault().amount() & 0xFFFF;
        return new Commands(
                strike.commands().stream()
                        .flatMap(
                                each ->
                                        Stream.of(
                                                each,
                                                new Strike.Command(
                                                        each.queueId(), each.commandId() ^ bits)))
                        .toList());
    }

    /** Data, or an EventIdx of nobody knows which doorbell, is not what the device stored. */
    private static Excuse unnoticed(Strike strike) {
        return strike.commands().isEmpty() ? new Device() : new Commands(strike.commands());
    }

    /** What does not arrive, or not in time. */
    private static Excuse missing(Strike strike, long nowNanos) {
        FaultKind kind = strike.fault().kind();
        boolean isLost = kind == FaultKind.LOSE;
        return switch (strike.place()) {
            case "interrupt" -> interrupt(strike);
            case "write" -> kick(strike);
            case "wake" ->
                    new Wake(
                            doorbell(strike),
                            isLost ? Long.MAX_VALUE : nowNanos + strike.fault().amount());
            case "commands" -> isLost ? new Commands(strike.commands()) : slow(strike, nowNanos);
            case "dma-write" -> strike.isEntry() ? entry(strike) : unnoticed(strike);
            case "media" -> new Nothing(); // the data says so
            default -> new Device();
        };
    }

    private static Excuse interrupt(Strike strike) {
        if (strike.vector() == Strike.NONE) {
            return new Device(); // the pin
        }
        return strike.fault().kind() == FaultKind.DELAY
                ? new Nothing() // it is under way, and the model knows
                : new Vector(strike.vector(), strike.fault().kind() == FaultKind.LOSE);
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
