package io.doorbell.guest;

import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A window that notes stores, and loads with acquire or without, in a diary. */
final class FencedWindow extends MemoryWindow {
    static final String STORE = "store";
    static final String LOAD = "load";
    static final String ACQUIRE = "acquire";

    private final MemoryWindow window;
    private final List<String> diary;

    FencedWindow(MemoryWindow window, List<String> diary) {
        this.window = window;
        this.diary = diary;
    }

    private MemoryWindow noting(String access) {
        diary.add(access);
        return window;
    }

    @Override
    public long sizeBytes() {
        return window.sizeBytes();
    }

    @Override
    public int getInt(long offsetBytes) {
        return noting(LOAD).getInt(offsetBytes);
    }

    @Override
    public long getLong(long offsetBytes) {
        return noting(LOAD).getLong(offsetBytes);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return noting(ACQUIRE).getIntAcquire(offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return noting(ACQUIRE).getLongAcquire(offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        noting(STORE).setInt(offsetBytes, value);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        noting(STORE).setLong(offsetBytes, value);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        noting(STORE).setIntRelease(offsetBytes, value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        noting(STORE).setLongRelease(offsetBytes, value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return noting(STORE).compareAndSetInt(offsetBytes, expected, value);
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        noting(LOAD).read(offsetBytes, target, targetOffsetBytes, sizeBytes);
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        noting(STORE).write(offsetBytes, source, sourceOffsetBytes, sizeBytes);
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        noting(STORE).zero(offsetBytes, sizeBytes);
    }
}
