package io.doorbell.simulation.live;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PciAccess.BarWritePair;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultSource;
import io.doorbell.simulation.fault.Later;
import io.doorbell.simulation.wire.RegisterNames;
import io.doorbell.simulation.world.MessageFilter.Delivery;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The way of a host's register accesses to a function, and of the answers back: the sites {@code
 * write/*} and {@code read/*}. Accesses arrive in the order in which they left, but for what a
 * fault delays.
 *
 * <p>Threads: any.
 */
public final class LiveLane {
    /** A load whose answer is awaited. */
    private record Load(String site, long allOnes) {}

    private final FaultSource faults;
    private final Later later;
    private final InOrder wire;
    private final RegisterNames names;
    private final long registersEnd;
    private final Map<Long, Load> loads = new ConcurrentHashMap<>(); // by tag
    private final Map<String, Long> lastValues = new ConcurrentHashMap<>(); // by site
    private @Nullable Runnable heldBack; // guarded by this

    /**
     * @param registersEnd what lies behind in the BAR is not the host's: a bridge keeps the host's
     *     MSI-X table, and writes the function's
     */
    public LiveLane(
            FaultSource faults,
            Later later,
            LongSupplier nanoTime,
            int doorbellStride,
            long registersEnd) {
        this.faults = faults;
        this.later = later;
        this.wire = new InOrder(later, nanoTime);
        this.names = new RegisterNames(doorbellStride);
        this.registersEnd = registersEnd;
    }

    /** An access leaves for the function. */
    public void sent(PciAccess access, Delivery delivery) {
        switch (access) {
            case BarWrite write -> store(write, delivery);
            case BarWritePair(BarWrite first, BarWrite second) -> {
                store(first, delivery);
                store(second, delivery);
            }
            case BarRead read -> {
                if (read.offsetBytes() < registersEnd) {
                    loads.put(read.tag(), new Load(names.load(read), allOnes(read.widthBytes())));
                }
                wire.send(0, delivery::arrive);
            }
            default -> wire.send(0, delivery::arrive);
        }
    }

    /** All bits of an access. */
    static long allOnes(int widthBytes) {
        return -1L >>> (Long.SIZE - widthBytes * Byte.SIZE);
    }

    private void store(BarWrite write, Delivery delivery) {
        Fault fault = write.offsetBytes() < registersEnd ? faults.at(names.store(write)) : null;
        Runnable arrival = () -> delivery.arriveAs(write);
        if (fault == null) {
            arrive(0, arrival);
            return;
        }
        switch (fault.kind()) {
            case LOSE -> {}
            case DOUBLE -> {
                arrive(0, arrival);
                arrive(0, arrival);
            }
            case DELAY -> later.after(fault.amount(), arrival); // what follows does not wait
            case SLOW -> arrive(fault.amount(), arrival);
            case REORDER -> holdBack(arrival);
            case FLIP -> arrive(0, () -> delivery.arriveAs(flipped(write, fault.amount())));
            default -> arrive(0, arrival);
        }
    }

    private static BarWrite flipped(BarWrite write, long bits) {
        return new BarWrite(
                write.bar(),
                write.offsetBytes(),
                write.widthBytes(),
                (write.value() ^ bits) & allOnes(write.widthBytes()));
    }

    /** One at a time: what was held back before goes first. */
    private synchronized void holdBack(Runnable arrival) {
        releaseHeldBack();
        heldBack = arrival;
    }

    /** Comes behind everything that left before it; what was held back comes behind it. */
    private synchronized void arrive(long extraNanos, Runnable arrival) {
        wire.send(extraNanos, arrival);
        releaseHeldBack();
    }

    private synchronized void releaseHeldBack() {
        Runnable late = heldBack;
        if (late != null) {
            heldBack = null;
            wire.send(0, late);
        }
    }

    /** The function has answered. */
    public void answered(ReadCompletion completion, Delivery delivery) {
        Load load = loads.remove(completion.tag());
        if (load == null) {
            delivery.arrive();
            return;
        }
        long value = onTheWay(load, completion.value());
        lastValues.put(load.site(), value);
        delivery.arriveAs(new ReadCompletion(completion.tag(), value));
    }

    private long onTheWay(Load load, long value) {
        Fault fault = faults.at(load.site());
        if (fault == null) {
            return value;
        }
        return switch (fault.kind()) {
            case ALL_ONES -> load.allOnes();
            case STALE -> lastValues.getOrDefault(load.site(), value);
            case FLIP -> (value ^ fault.amount()) & load.allOnes();
            default -> value;
        };
    }
}
