package io.doorbell.controller;

import io.doorbell.bus.memory.ForwardingMemory;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A machine's memory of which the page at one address can vanish: windows on it throw, as an access
 * to memory that was unmapped does, and new ones are not given.
 */
final class VanishingMemory extends ForwardingMemory {
    private static final long NOTHING = -1;

    private final AtomicLong vanished;

    VanishingMemory(GuestMemory memory, AtomicLong vanished) {
        super(memory);
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
        MemoryWindow window = isGone(address, sizeBytes) ? null : super.window(address, sizeBytes);
        return window == null
                ? null
                : new BreakableWindow(window, () -> isGone(address, sizeBytes));
    }
}
