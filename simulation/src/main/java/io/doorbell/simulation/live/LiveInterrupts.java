package io.doorbell.simulation.live;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultSource;
import io.doorbell.simulation.fault.Later;
import io.doorbell.simulation.world.MessageFilter.Delivery;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/**
 * The way of a function's interrupts to its host: the sites {@code interrupt/*}.
 *
 * <p>Threads: any.
 */
public final class LiveInterrupts {
    /** Routes are reserved one for each vector, in order. */
    private static final int FIRST_ROUTE = 1;

    private final FaultSource faults;
    private final Later later;
    private final InOrder pin;
    private @Nullable Runnable heldBack; // guarded by this

    public LiveInterrupts(FaultSource faults, Later later, LongSupplier nanoTime) {
        this.faults = faults;
        this.later = later;
        this.pin = new InOrder(later, nanoTime);
    }

    /** A message leaves. */
    public void sent(MsixMessage message, Delivery delivery) {
        Fault fault = faults.at("interrupt/" + (message.data() - FIRST_ROUTE));
        if (fault == null) {
            arrive(delivery);
            return;
        }
        switch (fault.kind()) {
            case LOSE -> {}
            case DOUBLE -> {
                arrive(delivery);
                arrive(delivery);
            }
            case DELAY -> later.after(fault.amount(), delivery::arrive);
            case REORDER -> {
                Runnable late = swapHeldBack(delivery::arrive);
                if (late != null) {
                    late.run();
                }
            }
            case SPURIOUS -> {
                arrive(delivery);
                later.after(fault.amount(), delivery::arrive);
            }
            default -> arrive(delivery);
        }
    }

    private void arrive(Delivery delivery) {
        delivery.arrive();
        Runnable late = swapHeldBack(null);
        if (late != null) {
            late.run();
        }
    }

    private synchronized @Nullable Runnable swapHeldBack(@Nullable Runnable next) {
        Runnable late = heldBack;
        heldBack = next;
        return late;
    }

    /** The pin changes. However late a change is, the last one says how it is. */
    public void pinChanged(Delivery delivery) {
        Fault fault = faults.at("interrupt/pin");
        if (fault == null) {
            pin.send(0, delivery::arrive);
            return;
        }
        switch (fault.kind()) {
            case LOSE -> {}
            case DELAY -> pin.send(fault.amount(), delivery::arrive);
            default -> pin.send(0, delivery::arrive); // of a level there are no two
        }
    }
}
