package io.doorbell.testkit.device;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;

/** A window on {@link TappedMemory}. */
final class TappedWindow extends MemoryWindow {
    private final MemoryWindow window;
    private final long start;
    private final TappedMemory.Listener listener;

    TappedWindow(MemoryWindow window, long start, TappedMemory.Listener listener) {
        this.window = window;
        this.start = start;
        this.listener = listener;
    }

    private void loaded(long offsetBytes, long sizeBytes) {
        listener.loaded(start + offsetBytes, sizeBytes, DmaStatus.OK);
    }

    private void stored(long offsetBytes, long sizeBytes) {
        listener.stored(start + offsetBytes, sizeBytes, DmaStatus.OK);
    }

    @Override
    public long sizeBytes() {
        return window.sizeBytes();
    }

    @Override
    public int getInt(long offsetBytes) {
        int value = window.getInt(offsetBytes);
        loaded(offsetBytes, Integer.BYTES);
        return value;
    }

    @Override
    public long getLong(long offsetBytes) {
        long value = window.getLong(offsetBytes);
        loaded(offsetBytes, Long.BYTES);
        return value;
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        int value = window.getIntAcquire(offsetBytes);
        loaded(offsetBytes, Integer.BYTES);
        return value;
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        long value = window.getLongAcquire(offsetBytes);
        loaded(offsetBytes, Long.BYTES);
        return value;
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        window.setInt(offsetBytes, value);
        stored(offsetBytes, Integer.BYTES);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        window.setLong(offsetBytes, value);
        stored(offsetBytes, Long.BYTES);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        window.setIntRelease(offsetBytes, value);
        stored(offsetBytes, Integer.BYTES);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        window.setLongRelease(offsetBytes, value);
        stored(offsetBytes, Long.BYTES);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        boolean set = window.compareAndSetInt(offsetBytes, expected, value);
        if (set) {
            stored(offsetBytes, Integer.BYTES);
        } else {
            loaded(offsetBytes, Integer.BYTES);
        }
        return set;
    }

    @Override
    public void read(long offsetBytes, MemorySegment target, long targetOffsetBytes, long bytes) {
        window.read(offsetBytes, target, targetOffsetBytes, bytes);
        loaded(offsetBytes, bytes);
    }

    @Override
    public void write(long offsetBytes, MemorySegment source, long sourceOffsetBytes, long bytes) {
        window.write(offsetBytes, source, sourceOffsetBytes, bytes);
        stored(offsetBytes, bytes);
    }

    @Override
    public void zero(long offsetBytes, long bytes) {
        window.zero(offsetBytes, bytes);
        stored(offsetBytes, bytes);
    }
}
