package io.doorbell.cli.trace;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A window whose accesses are recorded when they are done; one that nobody answers is not. */
final class RecordedWindow extends MemoryWindow {
    private static final String OK = DmaStatus.OK.name();

    private final MemoryWindow window;
    private final long address;
    private final Trace trace;

    RecordedWindow(MemoryWindow window, long address, Trace trace) {
        this.window = window;
        this.address = address;
        this.trace = trace;
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private void read(long offsetBytes, byte[] data) {
        trace.add(new TraceEvent.DmaRead(address + offsetBytes, data.length, OK, data));
    }

    private void written(long offsetBytes, byte[] data) {
        trace.add(new TraceEvent.DmaWrite(address + offsetBytes, data.length, OK, data));
    }

    private int read(long offsetBytes, int value) {
        read(offsetBytes, bytes(value));
        return value;
    }

    private long read(long offsetBytes, long value) {
        read(offsetBytes, bytes(value));
        return value;
    }

    @Override
    public long sizeBytes() {
        return window.sizeBytes();
    }

    @Override
    public int getInt(long offsetBytes) {
        return read(offsetBytes, window.getInt(offsetBytes));
    }

    @Override
    public long getLong(long offsetBytes) {
        return read(offsetBytes, window.getLong(offsetBytes));
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return read(offsetBytes, window.getIntAcquire(offsetBytes));
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return read(offsetBytes, window.getLongAcquire(offsetBytes));
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        window.setInt(offsetBytes, value);
        written(offsetBytes, bytes(value));
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        window.setLong(offsetBytes, value);
        written(offsetBytes, bytes(value));
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        window.setIntRelease(offsetBytes, value);
        written(offsetBytes, bytes(value));
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        window.setLongRelease(offsetBytes, value);
        written(offsetBytes, bytes(value));
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        boolean stored = window.compareAndSetInt(offsetBytes, expected, value);
        if (stored) {
            written(offsetBytes, bytes(value));
        }
        return stored;
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        window.read(offsetBytes, target, targetOffsetBytes, sizeBytes);
        read(offsetBytes, RecordedMemory.copy(target, targetOffsetBytes, sizeBytes));
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        window.write(offsetBytes, source, sourceOffsetBytes, sizeBytes);
        written(offsetBytes, RecordedMemory.copy(source, sourceOffsetBytes, sizeBytes));
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        window.zero(offsetBytes, sizeBytes);
        trace.add(new TraceEvent.DmaZero(address + offsetBytes, sizeBytes, OK));
    }
}
