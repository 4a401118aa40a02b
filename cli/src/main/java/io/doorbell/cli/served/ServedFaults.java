package io.doorbell.cli.served;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.reactor.MessageFilter;
import io.doorbell.reactor.Reactors;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Later;
import io.doorbell.simulation.fault.LiveFaults;
import io.doorbell.simulation.machine.FaultyStore;
import io.doorbell.spec.pci.BaseAddress;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What goes wrong with a served controller. Faults are armed and cleared at any time, and count
 * through all its machines. Until the first is armed, its messages go their way unseen.
 *
 * <p>Threads: any.
 */
public final class ServedFaults {
    private final LiveFaults faults;
    private volatile Consumer<LiveFaults.Struck> struck;
    private @Nullable ActorSystem<?> system; // these four guarded by this
    private @Nullable FaultyDevice device;
    private boolean everArmed;
    private @Nullable UnaryOperator<MessageFilter> outer;

    /**
     * @param seed of what a fault with a probability chooses
     * @param struck told what went wrong, on any thread
     */
    public ServedFaults(long seed, Consumer<LiveFaults.Struck> struck) {
        this.struck = struck;
        faults = new LiveFaults(seed, System::nanoTime, each -> this.struck.accept(each));
    }

    /** From now on this is told too, on any thread. */
    public synchronized void alsoTell(Consumer<LiveFaults.Struck> other) {
        struck = struck.andThen(other);
    }

    /**
     * From now on this may go wrong too.
     *
     * @throws IllegalArgumentException with a sentence that says why it cannot
     */
    public void arm(Fault fault) {
        faults.arm(fault);
        synchronized (this) {
            everArmed = true;
            filterIfNeeded();
        }
    }

    /** Nothing goes wrong any more; returns how many faults there were. */
    public int clear() {
        return faults.clear();
    }

    /** What became of each fault since the last {@link #clear}. */
    public List<LiveFaults.Status> status() {
        return faults.status();
    }

    /** A medium on which these faults strike. */
    public BlockStore over(BlockStore medium, long sizeBytes, int blockBytes) {
        return new FaultyStore(medium, faults, sizeBytes, blockBytes);
    }

    /**
     * A function was powered on, and no other is.
     *
     * @param supply above all its actors
     * @param lane the way in
     */
    public synchronized void poweredOn(
            ActorSystem<?> where,
            ActorRef<?> supply,
            ActorRef<PciAccess> lane,
            ControllerSettings settings) {
        Later later =
                (nanos, task) ->
                        where.scheduler()
                                .scheduleOnce(
                                        Duration.ofNanos(nanos), task, where.executionContext());
        int stride = settings.doorbellStride();
        system = where;
        device =
                new FaultyDevice(
                        faults,
                        later,
                        System::nanoTime,
                        supply.path().toStringWithoutAddress(),
                        lane,
                        where,
                        stride,
                        BaseAddress.msixTableOffsetBytes(settings.queuePairsMax(), stride));
        filterIfNeeded();
    }

    /**
     * From now on messages pass another filter as well.
     *
     * @param around makes it, of what comes between it and the actors
     */
    public synchronized void filterAround(UnaryOperator<MessageFilter> around) {
        outer = around;
        filterIfNeeded();
    }

    private void filterIfNeeded() {
        ActorSystem<?> where = system;
        if (where == null) {
            return;
        }
        MessageFilter inner = everArmed ? device : null;
        UnaryOperator<MessageFilter> around = outer;
        Reactors.of(where)
                .filter(
                        around == null
                                ? inner
                                : around.apply(inner == null ? MessageFilter.NONE : inner));
    }
}
