package io.doorbell.testkit.device;

import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;

/** A window whose stores {@link ObservedMemory} tells. */
final class ObservedWindow extends MemoryWindow {
    private final ObservedMemory memory;
    private final MemoryWindow window;
    private final long address;

    ObservedWindow(ObservedMemory memory, MemoryWindow window, long address) {
        this.memory = memory;
        this.window = window;
        this.address = address;
    }

    @Override
    public long sizeBytes() {
        return window.sizeBytes();
    }

    @Override
    public int getInt(long offsetBytes) {
        return window.getInt(offsetBytes);
    }

    @Override
    public long getLong(long offsetBytes) {
        return window.getLong(offsetBytes);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return window.getIntAcquire(offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return window.getLongAcquire(offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        memory.stored(address + offsetBytes, Integer.BYTES);
        window.setInt(offsetBytes, value);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        memory.stored(address + offsetBytes, Long.BYTES);
        window.setLong(offsetBytes, value);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        memory.stored(address + offsetBytes, Integer.BYTES);
        window.setIntRelease(offsetBytes, value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        memory.stored(address + offsetBytes, Long.BYTES);
        window.setLongRelease(offsetBytes, value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        boolean stored = window.compareAndSetInt(offsetBytes, expected, value);
        if (stored) {
            memory.stored(address + offsetBytes, Integer.BYTES);
        }
        return stored;
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        window.read(offsetBytes, target, targetOffsetBytes, sizeBytes);
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        memory.stored(address + offsetBytes, sizeBytes);
        window.write(offsetBytes, source, sourceOffsetBytes, sizeBytes);
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        memory.stored(address + offsetBytes, sizeBytes);
        window.zero(offsetBytes, sizeBytes);
    }
}
