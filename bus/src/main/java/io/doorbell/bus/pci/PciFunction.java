package io.doorbell.bus.pci;

import io.doorbell.bus.memory.GuestMemory;

import java.util.function.BooleanSupplier;

/**
 * A PCI function as a host of one thread sees it: loads wait for their answers, and time is the
 * function's. Whether actors, another process or hardware are behind it does not show.
 */
public interface PciFunction extends AutoCloseable {
    /** A load from configuration space, width 1, 2 or 4 bytes; zero-extended. */
    long readConfig(int offsetBytes, int widthBytes);

    /** A store into configuration space, width 1, 2 or 4 bytes; it has taken effect on return. */
    void writeConfig(int offsetBytes, int widthBytes, int value);

    /** A load from a BAR, width 1, 2, 4 or 8 bytes; zero-extended. */
    long readBar(int bar, long offsetBytes, int widthBytes);

    /** A posted store into a BAR, width 1, 2, 4 or 8 bytes. */
    void writeBar(int bar, long offsetBytes, int widthBytes, long value);

    /** A conventional reset of the function; over on return (PCIe Base §6.6.1). */
    void reset();

    /** The host's memory, which the function reaches by DMA. */
    GuestMemory memory();

    /** Bytes of {@link #memory} from address 0. */
    long memoryBytes();

    /** A message that this host can receive; each call returns another one. */
    MsixMessage reserveMessage();

    /** How often a message has arrived since it was reserved. */
    long received(MsixMessage message);

    /** Whether the function asserts its interrupt pin now. */
    boolean isPinAsserted();

    /** How often the pin has been asserted so far. */
    long pinAssertions();

    /**
     * Lets the function work until a condition holds or the time is over, whichever is first.
     *
     * @param timeoutNanos of the function's time
     * @return whether the condition held
     */
    boolean runUntil(BooleanSupplier condition, long timeoutNanos);

    /** Nanoseconds of the function's time. */
    long nanoTime();

    /** Whether time passes in {@link #runUntil} only: spans are exact then, and long ones free. */
    boolean isTimeVirtual();

    /** Switches the machine off. */
    @Override
    void close();
}
