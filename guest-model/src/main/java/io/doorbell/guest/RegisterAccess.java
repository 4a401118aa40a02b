package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciAccess;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * One CPU's accesses to the function: what follows a read is given with it. Earlier stores to
 * memory come before a write, as with Linux's writel. A read that nobody answers ends as on PCI
 * Express: with all ones.
 */
final class RegisterAccess {
    private static final long ALL_ONES = 0xFFFF_FFFFL;

    /** A read on its way. */
    private record Pending(LongConsumer next, Cancellable timer) {}

    private final ActorContext<HostMessage> context;
    private final GuestSettings settings;
    private final GuestMemory memory;
    private final ActorRef<PciAccess> lane;
    private final ActorRef<PciAccess.ReadCompletion> self;
    private final Map<Long, Pending> pending = new TreeMap<>(); // by tag
    private Runnable gone = () -> {};
    private long nextTag;

    RegisterAccess(ActorContext<HostMessage> context, GuestSettings settings) {
        this.context = context;
        this.settings = settings;
        this.memory = settings.machine().memory();
        this.lane = settings.machine().port().lane(0);
        this.self = context.getSelf().narrow();
    }

    /** What to do when a register reads as it never does while the device is there. */
    void onGone(Runnable action) {
        gone = action;
    }

    void read(long offsetBytes, LongConsumer next) {
        readOn(lane, offsetBytes, next);
    }

    /** The same by way of another lane: all that was sent there before has arrived then. */
    void readOn(ActorRef<PciAccess> other, long offsetBytes, LongConsumer next) {
        load(other, offsetBytes, Integer.BYTES, next);
    }

    private void load(
            ActorRef<PciAccess> from, long offsetBytes, int widthBytes, LongConsumer next) {
        from.tell(new PciAccess.BarRead(0, offsetBytes, widthBytes, tag(next), self));
    }

    /** A register that is not all ones: {@code next} is only told of a device that is there. */
    void readPresent(long offsetBytes, LongConsumer next) {
        read(
                offsetBytes,
                value -> {
                    if (value == ALL_ONES) {
                        gone.run();
                    } else {
                        next.accept(value);
                    }
                });
    }

    /** A 64-bit register; as two dwords, low half first, as Linux reads it, unless told else. */
    void readLong(long offsetBytes, LongConsumer next) {
        if (settings.policies().access().wideRegisters()) {
            load(lane, offsetBytes, Long.BYTES, value -> presentLong(value, next));
            return;
        }
        readPresent(
                offsetBytes,
                low ->
                        readPresent(
                                offsetBytes + Integer.BYTES,
                                high -> next.accept(high << 32 | low)));
    }

    private void presentLong(long value, LongConsumer next) {
        if (value == -1L || value == ALL_ONES) { // the latter if nobody answered
            gone.run();
        } else {
            next.accept(value);
        }
    }

    void write(long offsetBytes, int value) {
        write(0, offsetBytes, value);
    }

    /** A store into another BAR than the controller's registers, for an MSI-X table there. */
    void write(int bar, long offsetBytes, int value) {
        memory.storeFence();
        lane.tell(
                new PciAccess.BarWrite(
                        bar, offsetBytes, Integer.BYTES, Integer.toUnsignedLong(value)));
    }

    void writeLong(long offsetBytes, long value) {
        if (settings.policies().access().wideRegisters()) {
            memory.storeFence();
            lane.tell(new PciAccess.BarWrite(0, offsetBytes, Long.BYTES, value));
            return;
        }
        write(offsetBytes, (int) value);
        write(offsetBytes + Integer.BYTES, (int) (value >>> 32));
    }

    void readConfig(int offsetBytes, int widthBytes, LongConsumer next) {
        lane.tell(new PciAccess.ConfigRead(offsetBytes, widthBytes, tag(next), self));
    }

    void writeConfig(int offsetBytes, int widthBytes, int value, Runnable next) {
        memory.storeFence();
        lane.tell(
                new PciAccess.ConfigWrite(
                        offsetBytes, widthBytes, value, tag(_ -> next.run()), self));
    }

    /** A read has been answered. */
    void completed(PciAccess.ReadCompletion completion) {
        end(completion.tag(), completion.value());
    }

    /** What was to follow the reads on their way no longer matters. */
    void forget() {
        pending.values().forEach(read -> read.timer().cancel());
        pending.clear();
    }

    private void end(long tag, long value) {
        Pending read = pending.remove(tag);
        if (read != null) {
            read.timer().cancel();
            read.next().accept(value);
        }
    }

    private long tag(LongConsumer next) {
        long tag = nextTag++;
        Cancellable timer =
                context.scheduleOnce(
                        settings.policies().recovery().readTimeout(),
                        context.getSelf(),
                        new StatusPoll.Look(() -> end(tag, ALL_ONES)));
        pending.put(tag, new Pending(next, timer));
        return tag;
    }
}
