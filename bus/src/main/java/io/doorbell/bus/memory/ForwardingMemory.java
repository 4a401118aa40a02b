package io.doorbell.bus.memory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/** Memory that is another one's, for those who watch or change some of its accesses. */
public abstract class ForwardingMemory extends GuestMemory {
    private final GuestMemory memory;

    /** Forwards to this memory. */
    protected ForwardingMemory(GuestMemory memory) {
        this.memory = memory;
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        return memory.window(address, sizeBytes);
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
    public void setBusMaster(boolean allowed) {
        memory.setBusMaster(allowed);
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
