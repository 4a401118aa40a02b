package io.doorbell.controller;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.spec.Status;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A store that waits or throws when a test says so, and otherwise does nothing. */
public final class FaultyStore implements BlockStore {
    private static final int PATIENCE_SECONDS = 20;

    private final boolean mayBlock;
    private final Semaphore permits = new Semaphore(0, true);
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile boolean waits;
    private volatile boolean fails;
    private volatile boolean closed;

    /**
     * @param mayBlock whether calls are made by workers
     */
    public FaultyStore(boolean mayBlock) {
        this.mayBlock = mayBlock;
    }

    /** From now on every call waits for a permit. */
    public void waitForPermits() {
        waits = true;
    }

    /** Lets {@code count} calls go on. */
    public void permit(int count) {
        permits.release(count);
    }

    /** Returns when a call has begun to wait. */
    public void awaitEntered() throws InterruptedException {
        if (!entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Nobody called the store.");
        }
    }

    /** From now on every call throws, or none does. */
    public void fail(boolean all) {
        fails = all;
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        return call();
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        return call();
    }

    @Override
    public int load(long startByte, MemorySegment target, long sizeBytes) {
        return call();
    }

    @Override
    public int save(long startByte, MemorySegment source, long sizeBytes, boolean durable) {
        return call();
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long sizeBytes,
            boolean durable) {
        return call();
    }

    @Override
    public int verify(long startByte, long sizeBytes) {
        return call();
    }

    @Override
    public int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable) {
        return call();
    }

    @Override
    public int flush() {
        return call();
    }

    @Override
    public void close() {
        closed = true;
        permits.release(1 << 16);
    }

    private int call() {
        if (fails) {
            throw new IllegalStateException("The test asked for this failure.");
        }
        if (waits && !closed) {
            entered.countDown();
            try {
                if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The test gave no permit.");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        return Status.SUCCESS;
    }
}
