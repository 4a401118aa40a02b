package io.doorbell.bus.memory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/**
 * All memory of a machine, by guest physical address, as one owner (a host CPU or a device) sees
 * it.
 *
 * <p>A range that is used again and again, such as a queue, is looked up once as a {@link
 * MemoryWindow}; data is moved by address. An access outside the regions ends in a {@link
 * DmaStatus}, never in an exception, whatever the address and size: both are a guest's. As 64-bit
 * values they are unsigned, and no memory lies beyond 2^63. What lies on our side of a copy is ours
 * to get right: a target too small throws {@link IndexOutOfBoundsException}.
 */
public abstract class GuestMemory {

    /**
     * The window on {@code sizeBytes} bytes from {@code address}, or null if they do not lie whole
     * in one region or do not start at a multiple of 8: a DMA error of whoever asked for it.
     */
    public abstract @Nullable MemoryWindow window(long address, long sizeBytes);

    /** Copies from guest memory into {@code target}; plain loads. */
    public abstract DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes);

    /** Copies from {@code source} into guest memory; plain stores. */
    public abstract DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes);

    /** Stores zeros; plain stores. */
    public abstract DmaStatus zero(long address, long sizeBytes);

    /** Whether a read or (with {@code forStore}) a write of this range would be {@code OK}. */
    public abstract DmaStatus check(long address, long sizeBytes, boolean forStore);

    /**
     * Says whether the device whose memory this is may master the bus now. While it may not, an
     * access that would wait for another party ends as {@link DmaStatus#ABORTED}, also one that
     * waits already: whoever switches bus mastering off may be the one that is waited for. Memory
     * that answers at once has nothing to do.
     */
    public void setBusMaster(boolean allowed) {}

    /**
     * Every earlier load and store of this owner is done before every later store and register
     * write of it, as a driver needs before it rings a doorbell.
     */
    public abstract void storeFence();

    /** Orders every earlier load and store of this owner before every later one. */
    public abstract void fullFence();
}
