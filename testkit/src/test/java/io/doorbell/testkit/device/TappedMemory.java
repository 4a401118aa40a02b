package io.doorbell.testkit.device;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.ForwardingMemory;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/** Memory that tells of each access after it. */
final class TappedMemory extends ForwardingMemory {
    /** Is told of accesses. */
    interface Listener {
        void loaded(long address, long sizeBytes, DmaStatus status);

        void stored(long address, long sizeBytes, DmaStatus status);
    }

    private final Listener listener;

    TappedMemory(GuestMemory memory, Listener listener) {
        super(memory);
        this.listener = listener;
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        MemoryWindow window = super.window(address, sizeBytes);
        return window == null ? null : new TappedWindow(window, address, listener);
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        DmaStatus status = super.read(address, target, targetOffsetBytes, sizeBytes);
        listener.loaded(address, sizeBytes, status);
        return status;
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        DmaStatus status = super.write(address, source, sourceOffsetBytes, sizeBytes);
        listener.stored(address, sizeBytes, status);
        return status;
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        DmaStatus status = super.zero(address, sizeBytes);
        listener.stored(address, sizeBytes, status);
        return status;
    }
}
