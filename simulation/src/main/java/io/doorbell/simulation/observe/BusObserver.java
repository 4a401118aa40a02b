package io.doorbell.simulation.observe;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.fault.Strike;

/**
 * Is told of everything that passes between host and device, at the moment when it happens in the
 * one thread of the world. Nothing here allocates; a watcher must neither change the world nor keep
 * it waiting.
 *
 * <p>A store travels: {@code ...Issued} when its sender made it, then, later or never, the moment
 * when it takes effect on the other side. What a fault on the wire changed, lost or doubled shows
 * in the second.
 */
public interface BusObserver extends HostEvents {
    /** The host stored into a register; it is on its way. */
    default void registerWriteIssued(int bar, long offsetBytes, int widthBytes, long value) {}

    /** A register store has reached the device. */
    default void registerWritten(int bar, long offsetBytes, int widthBytes, long value) {}

    /** The answer to a register load has reached the host. */
    default void registerRead(int bar, long offsetBytes, int widthBytes, long value) {}

    /**
     * A configuration store is sent: it takes effect at some moment until {@link #configWritten}.
     */
    default void configWriteIssued(int offsetBytes, int widthBytes, int value) {}

    /** A configuration store has taken effect. */
    default void configWritten(int offsetBytes, int widthBytes, int value) {}

    /** A conventional reset of the function is over. */
    default void functionReset() {}

    /** The device has loaded from memory; what it got is what {@link WorldMemory} shows now. */
    default void deviceRead(long address, long sizeBytes, DmaStatus status) {}

    /**
     * The device has stored into memory. {@link WorldMemory} shows it, though the host may not see
     * it yet.
     */
    default void deviceWrote(long address, long sizeBytes, DmaStatus status) {}

    /** A store of the device can be seen by the host. */
    default void deviceWriteVisible(long address, long sizeBytes) {}

    /** The host has stored into memory; the device may not see it yet. */
    default void hostWrote(long address, long sizeBytes) {}

    /** The device has sent an interrupt message. */
    default void interruptSent(MsixMessage message) {}

    /** An interrupt message has reached the host. */
    default void interruptDelivered(MsixMessage message) {}

    /** The interrupt pin changes, at the host. */
    default void pinChanged(boolean asserted) {}

    /** An actor of the device has failed. */
    default void actorFailed(String path, Throwable cause) {}

    /** A fault strikes now; what it does may show later, or never. */
    default void faultStruck(Strike strike) {}

    /**
     * What arrives next, a register store or the answer to a load, is not what was sent: changed on
     * its way, or overtaken by a later store to the same register.
     */
    default void spoiltArrives() {}

    /** Nothing can run and no timer is due before {@code untilNanos}. */
    default void quiet(long untilNanos) {}
}
