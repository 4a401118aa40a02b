package io.doorbell.vfiouser.client;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.protocol.Request.SetIrqs;

import java.util.List;

/** What a client tells its device about one kind of interrupt. */
final class IrqRequests {
    /** Index of the interrupt pin. */
    static final int PIN = 0;

    /** Index of MSI-X. */
    static final int MSIX = 2;

    private static final int EVENT = SetIrqs.DATA_EVENT | SetIrqs.ACTION_TRIGGER;

    /** Sends a message, and waits until it was done. */
    @FunctionalInterface
    interface Sender {
        void send(SetIrqs request, List<Descriptor> descriptors);
    }

    private final Sender sender;
    private final int index;

    IrqRequests(Sender sender, int index) {
        this.sender = sender;
        this.index = index;
    }

    /** The device is to signal an interrupt by this event. */
    void connect(int number, Descriptor event) {
        sender.send(new SetIrqs(EVENT, index, number, 1), List.of(event));
    }

    /** Interrupts of this kind are on, and this one has no event. */
    void connectNone(int number) {
        sender.send(new SetIrqs(EVENT, index, number, 1), List.of());
    }

    /** No interrupt of this kind has an event any more. */
    void disconnectAll() {
        sender.send(
                new SetIrqs(SetIrqs.DATA_NONE | SetIrqs.ACTION_TRIGGER, index, 0, 0), List.of());
    }

    /** One that masked itself may come again. */
    void unmask() {
        sender.send(new SetIrqs(SetIrqs.DATA_NONE | SetIrqs.ACTION_UNMASK, index, 0, 1), List.of());
    }
}
