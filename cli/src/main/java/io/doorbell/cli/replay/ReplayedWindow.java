package io.doorbell.cli.replay;

import io.doorbell.bus.memory.CopiedWindow;
import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** A range of {@link ReplayedMemory}. */
final class ReplayedWindow extends CopiedWindow {
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
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return bytes.replaced(place(offsetBytes, Integer.BYTES), expected, dword(value));
    }

    @Override
    public void read(long offsetBytes, MemorySegment target, long targetOffsetBytes, long length) {
        byte[] found = bytes.read(place(offsetBytes, length), Math.toIntExact(length));
        MemorySegment.copy(MemorySegment.ofArray(found), 0, target, targetOffsetBytes, length);
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
