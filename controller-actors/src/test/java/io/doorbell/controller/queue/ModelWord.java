package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;

/** Guest memory of one word, which is a word of the explorer's machine. */
final class ModelWord extends MemoryWindow {
    private static final int PAGE_BYTES = 4096;

    private final InterleavingExplorer machine;
    private final int address;

    ModelWord(InterleavingExplorer machine, int address) {
        this.machine = machine;
        this.address = address;
    }

    private static AssertionError notModelled() {
        return new AssertionError("The handshake has no such access.");
    }

    @Override
    public long sizeBytes() {
        return PAGE_BYTES;
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return machine.load(address);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        machine.store(address, value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return machine.compareExchange(address, expected, value);
    }

    @Override
    public int getInt(long offsetBytes) {
        throw notModelled();
    }

    @Override
    public long getLong(long offsetBytes) {
        throw notModelled();
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        throw notModelled();
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        throw notModelled();
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        throw notModelled();
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        throw notModelled();
    }

    @Override
    public void read(long offsetBytes, MemorySegment target, long targetOffset, long sizeBytes) {
        throw notModelled();
    }

    @Override
    public void write(long offsetBytes, MemorySegment source, long sourceOffset, long sizeBytes) {
        throw notModelled();
    }

    @Override
    public void zero(long offsetBytes, long sizeBytes) {
        throw notModelled();
    }
}
