package io.doorbell.cli.trace;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PciAccess.BarWritePair;
import io.doorbell.bus.pci.PciAccess.ConfigRead;
import io.doorbell.bus.pci.PciAccess.ConfigWrite;
import io.doorbell.bus.pci.PciAccess.FunctionReset;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.reactor.MessageFilter;

import org.apache.pekko.actor.ActorPath;

/**
 * Records what a machine sees: its accesses as they leave it, answers and interrupts as they reach
 * it, after what else becomes of messages.
 */
final class RecordedMessages implements MessageFilter {
    /** Routes are reserved one for each vector, in order. */
    private static final int FIRST_ROUTE = 1;

    private final Trace trace;
    private final MessageFilter next;

    RecordedMessages(Trace trace, MessageFilter next) {
        this.trace = trace;
        this.next = next;
    }

    @Override
    public void sent(ActorPath receiver, Object message, Delivery delivery) {
        switch (message) {
            case PciAccess access -> {
                accessed(access);
                next.sent(receiver, message, delivery);
            }
            case ReadCompletion _, MsixMessage _, PinChanged _ ->
                    next.sent(receiver, message, new Arriving(message, delivery));
            default -> next.sent(receiver, message, delivery);
        }
    }

    /** Tags below 0 are of those who serve, not of the machine. */
    private void accessed(PciAccess access) {
        switch (access) {
            case BarWrite write -> stored(write);
            case BarWritePair(BarWrite first, BarWrite second) -> {
                stored(first);
                stored(second);
            }
            case BarRead(int bar, long offset, int bytes, long tag, _) ->
                    trace.add(new TraceEvent.BarRead(bar, offset, bytes, tag));
            case ConfigRead(int offset, int bytes, long tag, _) -> {
                if (tag >= 0) {
                    trace.add(new TraceEvent.ConfigRead(offset, bytes, tag));
                }
            }
            case ConfigWrite(int offset, int bytes, int value, long tag, _) -> {
                if (tag >= 0) {
                    trace.add(new TraceEvent.ConfigWrite(offset, bytes, value, tag));
                }
            }
            case FunctionReset(long tag, _) -> trace.add(new TraceEvent.Reset(tag));
        }
    }

    private void stored(BarWrite write) {
        trace.add(
                new TraceEvent.BarWrite(
                        write.bar(), write.offsetBytes(), write.widthBytes(), write.value()));
    }

    private void arrived(Object message) {
        switch (message) {
            case ReadCompletion(long tag, long value) -> {
                if (tag >= 0) {
                    trace.add(new TraceEvent.Answer(tag, value));
                }
            }
            case MsixMessage interrupt ->
                    trace.add(new TraceEvent.Interrupt(interrupt.data() - FIRST_ROUTE));
            case PinChanged(boolean asserted) -> trace.add(new TraceEvent.Pin(asserted));
            default -> {} // of no interest
        }
    }

    /** Something on its way to the machine. */
    private final class Arriving implements Delivery {
        private final Object message;
        private final Delivery delivery;

        Arriving(Object message, Delivery delivery) {
            this.message = message;
            this.delivery = delivery;
        }

        @Override
        public void arrive() {
            arrived(message);
            delivery.arrive();
        }

        @Override
        public void arriveAs(Object other) {
            arrived(other);
            delivery.arriveAs(other);
        }
    }
}
