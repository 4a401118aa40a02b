package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.spec.Registers;

import org.apache.pekko.actor.typed.javadsl.ActorContext;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/** Reads CSTS every millisecond until it says what is hoped for, or time is over. */
final class StatusPoll {
    /** To the driver itself: time to look again at something. */
    record Look(Runnable again) implements HostMessage {}

    private static final Duration INTERVAL = Duration.ofMillis(1); // Linux: 1 to 2 ms

    private final ActorContext<HostMessage> context;
    private final RegisterAccess registers;
    private final LongSupplier clock;
    private int generation;

    StatusPoll(ActorContext<HostMessage> context, RegisterAccess registers, LongSupplier clock) {
        this.context = context;
        this.registers = registers;
        this.clock = clock;
    }

    /**
     * @param hoped says whether a value of CSTS is what is waited for
     * @param failed told the last value if it never was, or if the device has gone
     */
    void await(IntPredicate hoped, long limitNanos, Runnable next, Consumer<Integer> failed) {
        look(new Wait(hoped, clock.getAsLong() + limitNanos, false, next, failed));
    }

    /** The same for a device that may be away for a while, as after a reset of the function. */
    void awaitReturn(IntPredicate hoped, long limitNanos, Runnable next, Consumer<Integer> failed) {
        look(new Wait(hoped, clock.getAsLong() + limitNanos, true, next, failed));
    }

    /** Runs {@code next} after a while, unless that is forgotten. */
    void after(Duration delay, Runnable next) {
        int scheduledBy = generation;
        Look look =
                new Look(
                        () -> {
                            if (scheduledBy == generation) {
                                next.run();
                            }
                        });
        context.scheduleOnce(delay, context.getSelf(), look);
    }

    /** What was waited for no longer matters; nobody is told. */
    void forget() {
        generation++;
    }

    private record Wait(
            IntPredicate hoped,
            long deadlineNanos,
            boolean comesBack,
            Runnable next,
            Consumer<Integer> failed) {}

    private void look(Wait wait) {
        registers.read(
                Registers.CSTS,
                value -> {
                    int status = (int) value;
                    boolean gone = status == Registers.DEVICE_GONE;
                    if (!gone && wait.hoped().test(status)) {
                        wait.next().run();
                    } else if ((gone && !wait.comesBack())
                            || clock.getAsLong() - wait.deadlineNanos() > 0) {
                        wait.failed().accept(status);
                    } else {
                        after(INTERVAL, () -> look(wait));
                    }
                });
    }
}
