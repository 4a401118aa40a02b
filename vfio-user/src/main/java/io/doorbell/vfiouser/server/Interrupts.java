package io.doorbell.vfiouser.server;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixTableEntry;
import io.doorbell.vfiouser.pci.FunctionShape.Msix;
import io.doorbell.vfiouser.posix.Descriptor;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The way of interrupts from the function to the event descriptors of the client.
 *
 * <p>The client keeps the MSI-X table to itself and says only which vector has an event. So the
 * function's own table is written here: a vector with an event is unmasked and sends a message of
 * ours, one without is masked. The function forgets its table when it is reset, therefore it is
 * written again whenever that may have happened.
 *
 * <p>Threads: descriptors are set by one; messages and the pin arrive on any.
 */
final class Interrupts implements AutoCloseable {
    private final Msix msix;
    private final FunctionFactory.Powered function;
    private final ActorRef<? super PciAccess> lane;
    private final List<MsixMessage> messages = new ArrayList<>();
    private final @Nullable Descriptor[] events; // by vector
    private final boolean[] waiting; // a message came while there was no event
    private final FunctionAccess access;
    private final PinLine pin;
    private final int firstData;

    /**
     * @param access asked for the interrupt status
     * @param receiver where messages and the pin arrive, to be handed to {@link #receive}
     */
    Interrupts(
            Msix msix,
            FunctionFactory.Powered function,
            FunctionAccess access,
            InterruptRoutes routes,
            ActorRef<HostMessage> receiver) {
        this.access = access;
        this.pin = new PinLine(this::askStatus);
        this.msix = msix;
        this.function = function;
        this.lane = function.port().lane(0);
        this.events = new Descriptor[msix.vectorCount()];
        this.waiting = new boolean[msix.vectorCount()];
        for (int vector = 0; vector < msix.vectorCount(); vector++) {
            messages.add(routes.reserve(receiver.narrow()));
        }
        this.firstData = messages.isEmpty() ? 0 : messages.getFirst().data();
        routes.connectPin(receiver.narrow());
    }

    /** The function interrupts. */
    void receive(HostMessage message) {
        switch (message) {
            case MsixMessage sent -> signal(sent.data() - firstData);
            case PinChanged(boolean asserted) -> pin.set(asserted);
            default -> throw new IllegalStateException("No interrupt: " + message);
        }
    }

    private void askStatus() {
        access.readConfigOurselves(
                ConfigurationHeader.STATUS_OFFSET_BYTES,
                1,
                status -> pin.answered((status[0] & ConfigurationHeader.STATUS_INTERRUPT) != 0));
    }

    private synchronized void signal(int vector) {
        Descriptor event = events[vector];
        if (event == null) {
            waiting[vector] = true;
        } else {
            boolean _ = event.signal();
        }
    }

    /** The client has stored something into a BAR, {@code offset} the first byte. */
    void stored(int bar, long offset) {
        if (pin.isConnected() && function.handlesInterrupt(bar, offset)) {
            pin.handled();
        }
    }

    /** The line of INTx. */
    PinLine pin() {
        return pin;
    }

    /** How many vectors there are. */
    int vectorCount() {
        return events.length;
    }

    /**
     * From now on an event stands for a vector.
     *
     * @param event owned here from now on; null for none
     */
    synchronized void setVector(int vector, @Nullable Descriptor event) {
        Descriptor old = events[vector];
        if (old != null) {
            old.close();
        }
        events[vector] = event;
        if (event != null && waiting[vector]) {
            waiting[vector] = false;
            boolean _ = event.signal();
        }
        if (event != null) {
            writeEntry(vector);
        } else {
            write(vector, MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES, 4, MsixTableEntry.MASKED);
        }
    }

    /** MSI-X is off: no vector has an event, and what waited for one is forgotten. */
    synchronized void clearVectors() {
        for (int vector = 0; vector < events.length; vector++) {
            if (events[vector] != null) {
                setVector(vector, null);
            }
            waiting[vector] = false;
        }
    }

    /** The function may have forgotten its table, or not have decoded what was written. */
    synchronized void restoreTable() {
        for (int vector = 0; vector < events.length; vector++) {
            if (events[vector] != null) {
                writeEntry(vector);
            }
        }
    }

    private void writeEntry(int vector) {
        MsixMessage message = messages.get(vector);
        write(vector, MsixTableEntry.ADDRESS_OFFSET_BYTES, 8, message.address());
        write(
                vector,
                MsixTableEntry.DATA_OFFSET_BYTES,
                8,
                Integer.toUnsignedLong(message.data())); // and the control dword: not masked
    }

    private void write(int vector, int offset, int width, long value) {
        long entry = msix.tableOffset() + (long) vector * MsixTableEntry.SIZE_BYTES;
        lane.tell(new BarWrite(msix.bar(), entry + offset, width, value));
    }

    /** Gives the descriptors back; interrupts that still arrive reach nobody. */
    @Override
    public synchronized void close() {
        for (int vector = 0; vector < events.length; vector++) {
            Descriptor event = events[vector];
            if (event != null) {
                event.close();
                events[vector] = null;
            }
        }
        pin.close();
    }
}
