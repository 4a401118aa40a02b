package io.doorbell.bus.pci;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a host asks of a PCI function.
 *
 * <p>Writes of one initiator take effect in the order in which they were sent, and a read is
 * answered after every earlier write of that initiator has taken effect. A write may pass an
 * earlier read, as posted requests may on PCI Express: a CPU waits for its reads anyway.
 */
public sealed interface PciAccess extends PciMessage {

    /**
     * A posted store into a BAR: no answer.
     *
     * @param bar 0 to 5
     * @param offsetBytes from the start of the BAR
     * @param widthBytes 1, 2, 4 or 8
     * @param value the stored bytes, little-endian, zero-extended
     */
    record BarWrite(int bar, long offsetBytes, int widthBytes, long value) implements PciAccess {}

    /**
     * Two posted stores, the first before the second: what a driver does that has consumed
     * completions and submits again, in one message.
     */
    record BarWritePair(BarWrite first, BarWrite second) implements PciAccess {}

    /**
     * A load from a BAR, answered by {@link ReadCompletion} with the same tag.
     *
     * @param tag chosen by the host, returned as it is
     */
    record BarRead(
            int bar, long offsetBytes, int widthBytes, long tag, ActorRef<ReadCompletion> replyTo)
            implements PciAccess {}

    /** A store into configuration space (width 1, 2 or 4), answered when it has taken effect. */
    record ConfigWrite(
            int offsetBytes, int widthBytes, int value, long tag, ActorRef<ReadCompletion> replyTo)
            implements PciAccess {}

    /** A load from configuration space (width 1, 2 or 4). */
    record ConfigRead(int offsetBytes, int widthBytes, long tag, ActorRef<ReadCompletion> replyTo)
            implements PciAccess {}

    /** A conventional reset of the function, answered when it is over. */
    record FunctionReset(long tag, ActorRef<ReadCompletion> replyTo) implements PciAccess {}

    /** The answer to a load (its value, zero-extended) or to a configuration store or reset (0). */
    record ReadCompletion(long tag, long value) implements HostMessage {}
}
