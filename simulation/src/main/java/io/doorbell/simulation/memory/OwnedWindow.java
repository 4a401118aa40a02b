package io.doorbell.simulation.memory;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A range of the memory of a simulated machine as one side sees it. */
final class OwnedWindow extends MemoryWindow {
    private final OwnedMemory memory;
    private final long address;
    private final long sizeBytes;

    OwnedWindow(OwnedMemory memory, long address, long sizeBytes) {
        this.memory = memory;
        this.address = address;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    private long at(long offsetBytes, long size) {
        return address + Objects.checkFromIndexSize(offsetBytes, size, sizeBytes);
    }

    private void answered(DmaStatus status) {
        if (!status.isOk()) {
            throw new Unanswered(address);
        }
    }

    @Override
    public int getInt(long offsetBytes) {
        return (int) memory.load(at(offsetBytes, Integer.BYTES), Integer.BYTES, false);
    }

    @Override
    public long getLong(long offsetBytes) {
        return memory.load(at(offsetBytes, Long.BYTES), Long.BYTES, false);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return (int) memory.load(at(offsetBytes, Integer.BYTES), Integer.BYTES, true);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return memory.load(at(offsetBytes, Long.BYTES), Long.BYTES, true);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        memory.store(at(offsetBytes, Integer.BYTES), Integer.BYTES, value, false);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        memory.store(at(offsetBytes, Long.BYTES), Long.BYTES, value, false);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        memory.store(at(offsetBytes, Integer.BYTES), Integer.BYTES, value, true);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        memory.store(at(offsetBytes, Long.BYTES), Long.BYTES, value, true);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return memory.compareAndSet(at(offsetBytes, Integer.BYTES), expected, value);
    }

    @Override
    public void read(long offsetBytes, MemorySegment target, long targetOffsetBytes, long size) {
        answered(memory.read(at(offsetBytes, size), target, targetOffsetBytes, size));
    }

    @Override
    public void write(long offsetBytes, MemorySegment source, long sourceOffsetBytes, long size) {
        answered(memory.write(at(offsetBytes, size), source, sourceOffsetBytes, size));
    }

    @Override
    public void zero(long offsetBytes, long size) {
        memory.zero(at(offsetBytes, size), size);
    }
}
