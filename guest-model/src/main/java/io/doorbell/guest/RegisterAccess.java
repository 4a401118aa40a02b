package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciAccess;

import org.apache.pekko.actor.typed.ActorRef;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * One CPU's accesses to the function: what follows a read is given with it. Earlier stores to
 * memory come before a write, as with Linux's writel.
 */
final class RegisterAccess {
    private final GuestMemory memory;
    private final ActorRef<PciAccess> lane;
    private final ActorRef<PciAccess.ReadCompletion> self;
    private final Map<Long, LongConsumer> pending = new TreeMap<>(); // by tag
    private long nextTag;

    RegisterAccess(GuestMemory memory, ActorRef<PciAccess> lane, ActorRef<HostMessage> self) {
        this.memory = memory;
        this.lane = lane;
        this.self = self.narrow();
    }

    void read(long offsetBytes, LongConsumer next) {
        lane.tell(new PciAccess.BarRead(0, offsetBytes, Integer.BYTES, tag(next), self));
    }

    /** A 64-bit register as two dwords, low half first, as Linux reads it. */
    void readLong(long offsetBytes, LongConsumer next) {
        read(
                offsetBytes,
                low -> read(offsetBytes + Integer.BYTES, high -> next.accept(high << 32 | low)));
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
        write(offsetBytes, (int) value);
        write(offsetBytes + Integer.BYTES, (int) (value >>> 32));
    }

    void readConfig(int offsetBytes, int widthBytes, LongConsumer next) {
        lane.tell(new PciAccess.ConfigRead(offsetBytes, widthBytes, tag(next), self));
    }

    void writeConfig(int offsetBytes, int widthBytes, int value, Runnable next) {
        lane.tell(
                new PciAccess.ConfigWrite(
                        offsetBytes, widthBytes, value, tag(_ -> next.run()), self));
    }

    /** A read has been answered. */
    void completed(PciAccess.ReadCompletion completion) {
        LongConsumer next = pending.remove(completion.tag());
        if (next != null) {
            next.accept(completion.value());
        }
    }

    private long tag(LongConsumer next) {
        long tag = nextTag++;
        pending.put(tag, next);
        return tag;
    }
}
