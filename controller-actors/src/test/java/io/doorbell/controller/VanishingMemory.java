package io.doorbell.controller;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A machine's memory of which the page at one address can vanish: windows on it throw, as an access
 * to memory that was unmapped does, and new ones are not given.
 */
final class VanishingMemory extends GuestMemory {
    private static final long NOTHING = -1;

    private final GuestMemory memory;
    private final AtomicLong vanished;

    VanishingMemory(GuestMemory memory, AtomicLong vanished) {
        this.memory = memory;
        this.vanished = vanished;
    }

    /** An address to hand to the constructor: all memory is there. */
    static AtomicLong nothing() {
        return new AtomicLong(NOTHING);
    }

    static void comeBack(AtomicLong vanished) {
        vanished.set(NOTHING);
    }

    private boolean isGone(long address, long sizeBytes) {
        long gone = vanished.get();
        return gone >= address && gone < address + sizeBytes;
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        MemoryWindow window = isGone(address, sizeBytes) ? null : memory.window(address, sizeBytes);
        return window == null
                ? null
                : new BreakableWindow(window, () -> isGone(address, sizeBytes));
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        return memory.read(address, target, targetOffsetBytes, sizeBytes);
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        return memory.write(address, source, sourceOffsetBytes, sizeBytes);
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        return memory.zero(address, sizeBytes);
    }

    @Override
    public DmaStatus check(long address, long sizeBytes, boolean forStore) {
        return memory.check(address, sizeBytes, forStore);
    }

    @Override
    public void storeFence() {
        memory.storeFence();
    }

    @Override
    public void fullFence() {
        memory.fullFence();
    }
}
