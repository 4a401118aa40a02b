package io.doorbell.bus.memory;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A window on a region that may only be read: stores are lost, as a bus loses stores to a ROM. */
final class ReadOnlyWindow extends MemoryWindow {
    private final MappedWindow readable;

    ReadOnlyWindow(MappedWindow readable) {
        this.readable = readable;
    }

    @Override
    public long sizeBytes() {
        return readable.sizeBytes();
    }

    @Override
    public int getInt(long offsetBytes) {
        return readable.getInt(offsetBytes);
    }

    @Override
    public long getLong(long offsetBytes) {
        return readable.getLong(offsetBytes);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return readable.getIntAcquire(offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return readable.getLongAcquire(offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        lose(offsetBytes, Integer.BYTES);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        lose(offsetBytes, Long.BYTES);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        lose(offsetBytes, Integer.BYTES);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        lose(offsetBytes, Long.BYTES);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return readable.getInt(offsetBytes) == expected;
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        readable.read(offsetBytes, target, targetOffsetBytes, sizeBytes);
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        lose(offsetBytes, sizeBytes);
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        lose(offsetBytes, sizeBytes);
    }

    private void lose(long offsetBytes, long sizeBytes) {
        Objects.checkFromIndexSize(offsetBytes, sizeBytes, sizeBytes());
    }
}
