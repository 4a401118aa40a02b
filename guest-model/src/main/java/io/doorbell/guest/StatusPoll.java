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

    StatusPoll(ActorContext<HostMessage> context, RegisterAccess registers, LongSupplier clock) {
        this.context = context;
        this.registers = registers;
        this.clock = clock;
    }

    /**
     * @param hoped says whether a value of CSTS is what is waited for
     * @param failed told the last value if it never was
     */
    void await(IntPredicate hoped, long limitNanos, Runnable next, Consumer<Integer> failed) {
        look(hoped, clock.getAsLong() + limitNanos, next, failed);
    }

    private void look(
            IntPredicate hoped, long deadlineNanos, Runnable next, Consumer<Integer> failed) {
        registers.read(
                Registers.CSTS,
                value -> {
                    int status = (int) value;
                    if (status != Registers.DEVICE_GONE && hoped.test(status)) {
                        next.run();
                    } else if (status == Registers.DEVICE_GONE
                            || clock.getAsLong() - deadlineNanos > 0) {
                        failed.accept(status);
                    } else {
                        Look again = new Look(() -> look(hoped, deadlineNanos, next, failed));
                        context.scheduleOnce(INTERVAL, context.getSelf(), again);
                    }
                });
    }
}
