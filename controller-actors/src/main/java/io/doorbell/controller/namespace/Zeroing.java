package io.doorbell.controller.namespace;

import io.doorbell.controller.queue.Remainder;
import io.doorbell.spec.Status;

import java.util.Arrays;

/**
 * Ranges of a namespace that are to read as zeros, a slice at a time: Write Zeroes, deallocation,
 * format.
 */
final class Zeroing implements Remainder {
    /** Most bytes of one piece; a store zeroes them in about a hundred microseconds. */
    static final long SLICE_BYTES = 4 << 20;

    private final Namespace namespace;
    private final boolean deallocate;
    private final boolean durable;
    private long[] bounds = new long[2]; // start, end, start, end, ... in bytes
    private int size;
    private int next; // index of the start that comes next

    Zeroing(Namespace namespace, boolean deallocate, boolean durable) {
        this.namespace = namespace;
        this.deallocate = deallocate;
        this.durable = durable;
    }

    void add(long startByte, long sizeBytes) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
        }
        bounds[size++] = startByte;
        bounds[size++] = startByte + sizeBytes;
    }

    @Override
    public int proceed() {
        long budget = SLICE_BYTES;
        while (next < size && budget > 0) {
            long start = deallocate ? skipUntouched(bounds[next], bounds[next + 1]) : bounds[next];
            long bytes = Math.min(budget, bounds[next + 1] - start);
            int status = zero(namespace, start, bytes, deallocate, false);
            if (status != Status.SUCCESS) {
                return status;
            }
            budget -= bytes;
            bounds[next] = start + bytes;
            if (bounds[next] == bounds[next + 1]) {
                next += 2;
            }
        }
        if (next < size) {
            return PENDING;
        }
        return durable ? namespace.store().flush() : Status.SUCCESS;
    }

    private long skipUntouched(long start, long end) {
        return namespace
                        .states()
                        .skipUntouched(
                                start >>> SectorSet.SECTOR_LOG2, end >>> SectorSet.SECTOR_LOG2)
                << SectorSet.SECTOR_LOG2;
    }

    /** Zeroes a range at once: one of a slice at most. */
    static int zero(
            Namespace namespace,
            long startByte,
            long sizeBytes,
            boolean deallocate,
            boolean durable) {
        if (sizeBytes == 0) {
            return Status.SUCCESS;
        }
        long first = startByte >>> SectorSet.SECTOR_LOG2;
        long sectors = sizeBytes >>> SectorSet.SECTOR_LOG2;
        if (deallocate) {
            namespace.states().wasDeallocated(first, sectors);
        }
        int status = namespace.store().zero(startByte, sizeBytes, deallocate, durable);
        if (!deallocate && status == Status.SUCCESS) {
            namespace.states().wasWritten(first, sectors);
        }
        return status;
    }
}
