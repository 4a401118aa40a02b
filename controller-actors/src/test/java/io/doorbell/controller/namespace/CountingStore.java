package io.doorbell.controller.namespace;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps nothing, and counts what it is asked to make durable. */
final class CountingStore implements BlockStore {
    private final AtomicLong durableWrites;
    private final AtomicLong flushes;

    CountingStore(AtomicLong durableWrites, AtomicLong flushes) {
        this.durableWrites = durableWrites;
        this.flushes = flushes;
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        return Status.SUCCESS;
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        return count(durable);
    }

    @Override
    public int load(long startByte, MemorySegment target, long sizeBytes) {
        return Status.SUCCESS;
    }

    @Override
    public int save(long startByte, MemorySegment source, long sizeBytes, boolean durable) {
        return count(durable);
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long sizeBytes,
            boolean durable) {
        return count(durable);
    }

    @Override
    public int verify(long startByte, long sizeBytes) {
        return Status.SUCCESS;
    }

    @Override
    public int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable) {
        return count(durable);
    }

    private int count(boolean durable) {
        durableWrites.addAndGet(durable ? 1 : 0);
        return Status.SUCCESS;
    }

    @Override
    public int flush() {
        flushes.incrementAndGet();
        return Status.SUCCESS;
    }

    @Override
    public void close() {}
}
