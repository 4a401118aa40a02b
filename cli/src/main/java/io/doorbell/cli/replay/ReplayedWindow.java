package io.doorbell.cli.replay;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** A range of {@link ReplayedMemory}. */
final class ReplayedWindow extends MemoryWindow {
    private final long address;
    private final long sizeBytes;
    private final ReplayedMemory.Bytes bytes;

    ReplayedWindow(long address, long sizeBytes, ReplayedMemory.Bytes bytes) {
        this.address = address;
        this.sizeBytes = sizeBytes;
        this.bytes = bytes;
    }

    private long place(long offsetBytes, long length) {
        return address + Objects.checkFromIndexSize(offsetBytes, length, sizeBytes);
    }

    private MemorySegment load(long offsetBytes, int length) {
        return MemorySegment.ofArray(bytes.read(place(offsetBytes, length), length));
    }

    private static byte[] dword(int value) {
        byte[] data = new byte[Integer.BYTES];
        LittleEndian.u32(MemorySegment.ofArray(data), 0, value);
        return data;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int getInt(long offsetBytes) {
        return LittleEndian.u32(load(offsetBytes, Integer.BYTES), 0);
    }

    @Override
    public long getLong(long offsetBytes) {
        return LittleEndian.u64(load(offsetBytes, Long.BYTES), 0);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return getInt(offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return getLong(offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        bytes.written(place(offsetBytes, Integer.BYTES), dword(value));
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        byte[] data = new byte[Long.BYTES];
        LittleEndian.u64(MemorySegment.ofArray(data), 0, value);
        bytes.written(place(offsetBytes, Long.BYTES), data);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        setInt(offsetBytes, value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        setLong(offsetBytes, value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return bytes.replaced(place(offsetBytes, Integer.BYTES), expected, dword(value));
    }

    @Override
    public void read(long offsetBytes, MemorySegment target, long targetOffsetBytes, long length) {
        MemorySegment.copy(
                load(offsetBytes, Math.toIntExact(length)), 0, target, targetOffsetBytes, length);
    }

    @Override
    public void write(long offsetBytes, MemorySegment source, long sourceOffsetBytes, long length) {
        bytes.written(
                place(offsetBytes, length),
                source.asSlice(sourceOffsetBytes, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void zero(long offsetBytes, long length) {
        bytes.written(place(offsetBytes, length), new byte[Math.toIntExact(length)]);
    }
}
