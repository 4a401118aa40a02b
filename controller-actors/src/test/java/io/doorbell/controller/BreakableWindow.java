package io.doorbell.controller;

import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/** A window that throws while it is broken. */
final class BreakableWindow extends MemoryWindow {
    private final MemoryWindow window;
    private final BooleanSupplier broken;

    BreakableWindow(MemoryWindow window, BooleanSupplier broken) {
        this.window = window;
        this.broken = broken;
    }

    private MemoryWindow window() {
        if (broken.getAsBoolean()) {
            throw new IllegalStateException("The test asked for this failure.");
        }
        return window;
    }

    @Override
    public long sizeBytes() {
        return window.sizeBytes();
    }

    @Override
    public int getInt(long offsetBytes) {
        return window().getInt(offsetBytes);
    }

    @Override
    public long getLong(long offsetBytes) {
        return window().getLong(offsetBytes);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return window().getIntAcquire(offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return window().getLongAcquire(offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        window().setInt(offsetBytes, value);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        window().setLong(offsetBytes, value);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        window().setIntRelease(offsetBytes, value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        window().setLongRelease(offsetBytes, value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return window().compareAndSetInt(offsetBytes, expected, value);
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        window().read(offsetBytes, target, targetOffsetBytes, sizeBytes);
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        window().write(offsetBytes, source, sourceOffsetBytes, sizeBytes);
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        window().zero(offsetBytes, sizeBytes);
    }
}
