package io.doorbell.testkit.recovery;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.MemoryStore;

import java.lang.foreign.MemorySegment;

/** A disk in memory that fails the calls it is told to, before it does anything. */
final class TroubledStore implements BlockStore {
    /** Says how a call ends: 0 as it would, else this status. */
    interface Trouble {
        int status(long startByte, boolean write);
    }

    private final MemoryStore store;
    private final Trouble trouble;

    TroubledStore(long sizeBytes, Trouble trouble) {
        this.store = new MemoryStore(sizeBytes);
        this.trouble = trouble;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        int status = trouble.status(startByte, false);
        return status != 0 ? status : store.read(startByte, data);
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        int status = trouble.status(startByte, true);
        return status != 0 ? status : store.write(startByte, data, durable);
    }

    @Override
    public int load(long startByte, MemorySegment target, long sizeBytes) {
        return store.load(startByte, target, sizeBytes);
    }

    @Override
    public int save(long startByte, MemorySegment source, long sizeBytes, boolean durable) {
        return store.save(startByte, source, sizeBytes, durable);
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long sizeBytes,
            boolean durable) {
        return store.compareAndSave(startByte, expected, source, sizeBytes, durable);
    }

    @Override
    public int verify(long startByte, long sizeBytes) {
        return store.verify(startByte, sizeBytes);
    }

    @Override
    public int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable) {
        return store.zero(startByte, sizeBytes, deallocate, durable);
    }

    @Override
    public int flush() {
        return store.flush();
    }

    @Override
    public void close() {
        store.close();
    }
}
