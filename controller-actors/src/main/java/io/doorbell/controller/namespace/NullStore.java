package io.doorbell.controller.namespace;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import java.lang.foreign.MemorySegment;

/** Keeps nothing and moves nothing, but checks that the host's memory is there. For benchmarks. */
public final class NullStore implements BlockStore {
    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        return status(data.check(true));
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        return status(data.check(false));
    }

    @Override
    public int load(long startByte, MemorySegment target, long sizeBytes) {
        return Status.SUCCESS;
    }

    @Override
    public int save(long startByte, MemorySegment source, long sizeBytes, boolean durable) {
        return Status.SUCCESS;
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long sizeBytes,
            boolean durable) {
        return Status.SUCCESS;
    }

    @Override
    public int verify(long startByte, long sizeBytes) {
        return Status.SUCCESS;
    }

    @Override
    public int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable) {
        return Status.SUCCESS;
    }

    @Override
    public int flush() {
        return Status.SUCCESS;
    }

    @Override
    public void close() {}

    private static int status(DmaStatus status) {
        return status.isOk() ? Status.SUCCESS : Status.DATA_TRANSFER_ERROR;
    }
}
