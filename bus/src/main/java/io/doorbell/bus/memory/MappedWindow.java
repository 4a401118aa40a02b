package io.doorbell.bus.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A window on mapped memory: every access is one machine instruction. */
final class MappedWindow extends MemoryWindow {
    private static final ValueLayout.OfInt INT = JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_HANDLE = INT.varHandle();
    private static final VarHandle LONG_HANDLE = LONG.varHandle();

    private final MemorySegment memory;

    MappedWindow(MemorySegment memory) {
        this.memory = memory;
    }

    @Override
    public long sizeBytes() {
        return memory.byteSize();
    }

    @Override
    public int getInt(long offsetBytes) {
        return memory.get(INT, offsetBytes);
    }

    @Override
    public long getLong(long offsetBytes) {
        return memory.get(LONG, offsetBytes);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return (int) INT_HANDLE.getAcquire(memory, offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return (long) LONG_HANDLE.getAcquire(memory, offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        memory.set(INT, offsetBytes, value);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        memory.set(LONG, offsetBytes, value);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        INT_HANDLE.setRelease(memory, offsetBytes, value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        LONG_HANDLE.setRelease(memory, offsetBytes, value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return INT_HANDLE.compareAndSet(memory, offsetBytes, expected, value);
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        MemorySegment.copy(memory, offsetBytes, target, targetOffsetBytes, sizeBytes);
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        MemorySegment.copy(source, sourceOffsetBytes, memory, offsetBytes, sizeBytes);
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        memory.asSlice(offsetBytes, sizeBytes).fill((byte) 0);
    }
}
