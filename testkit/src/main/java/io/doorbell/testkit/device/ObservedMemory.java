package io.doorbell.testkit.device;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.ForwardingMemory;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.testkit.host.ObservableStores;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's memory as its device reaches it: listeners are told of each store, also of one that
 * the memory refuses. The host's own stores go past it.
 */
final class ObservedMemory extends ForwardingMemory implements ObservableStores {
    private final List<Listener> listeners = new ArrayList<>();

    ObservedMemory(GuestMemory memory) {
        super(memory);
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Listener listener) {
        listeners.remove(listener);
    }

    void stored(long address, long sizeBytes) {
        for (int i = 0; i < listeners.size(); i++) { // no iterator: every store comes through here
            listeners.get(i).stored(address, sizeBytes);
        }
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        MemoryWindow window = super.window(address, sizeBytes);
        return window == null ? null : new ObservedWindow(this, window, address);
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        stored(address, sizeBytes);
        return super.write(address, source, sourceOffsetBytes, sizeBytes);
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        stored(address, sizeBytes);
        return super.zero(address, sizeBytes);
    }
}
