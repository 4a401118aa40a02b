package io.doorbell.cli.replay;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A machine's memory without the machine: whoever reads gets what was read then, and what is
 * written is handed on.
 */
final class ReplayedMemory extends GuestMemory {
    /** Who has the bytes. */
    interface Bytes {
        /** What the device reads. */
        byte[] read(long address, int bytes);

        /** What it writes. */
        void written(long address, byte[] data);

        /** Whether the word would be replaced in one step; it is, then. */
        boolean replaced(long address, int expected, byte[] data);
    }

    private static final long ALIGNMENT_MASK = Long.BYTES - 1;

    private final MemoryMap map;
    private final Bytes bytes;

    ReplayedMemory(MemoryMap map, Bytes bytes) {
        this.map = map;
        this.bytes = bytes;
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        return (address & ALIGNMENT_MASK) == 0 && map.check(address, sizeBytes, false).isOk()
                ? new ReplayedWindow(address, sizeBytes, bytes)
                : null;
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        DmaStatus status = map.check(address, sizeBytes, false);
        if (status.isOk()) {
            byte[] data = bytes.read(address, Math.toIntExact(sizeBytes));
            MemorySegment.copy(
                    data, 0, target, ValueLayout.JAVA_BYTE, targetOffsetBytes, data.length);
        }
        return status;
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        DmaStatus status = map.check(address, sizeBytes, true);
        if (status.isOk()) {
            bytes.written(
                    address,
                    source.asSlice(sourceOffsetBytes, sizeBytes).toArray(ValueLayout.JAVA_BYTE));
        }
        return status;
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        DmaStatus status = map.check(address, sizeBytes, true);
        if (status.isOk()) {
            bytes.written(address, new byte[Math.toIntExact(sizeBytes)]);
        }
        return status;
    }

    @Override
    public DmaStatus check(long address, long sizeBytes, boolean forStore) {
        return map.check(address, sizeBytes, forStore);
    }

    @Override
    public void storeFence() {} // one thread

    @Override
    public void fullFence() {} // one thread
}
