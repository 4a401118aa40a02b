package io.doorbell.guest;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Memory that notes fences in a diary, and gives no window: a ring has one already. */
final class FencedMemory extends GuestMemory {
    static final String STORE_FENCE = "store fence";
    static final String FULL_FENCE = "full fence";
    private static final String TOO_LATE = "store fence after the doorbell";

    private final List<String> diary;
    private final BooleanSupplier rung;

    FencedMemory(List<String> diary, BooleanSupplier rung) {
        this.diary = diary;
        this.rung = rung;
    }

    @Override
    public void storeFence() {
        diary.add(rung.getAsBoolean() ? TOO_LATE : STORE_FENCE);
    }

    @Override
    public void fullFence() {
        diary.add(FULL_FENCE);
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        return null;
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        return DmaStatus.UNMAPPED;
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        return DmaStatus.UNMAPPED;
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        return DmaStatus.UNMAPPED;
    }

    @Override
    public DmaStatus check(long address, long sizeBytes, boolean forStore) {
        return DmaStatus.UNMAPPED;
    }
}
