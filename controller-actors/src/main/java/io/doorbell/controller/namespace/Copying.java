package io.doorbell.controller.namespace;

import io.doorbell.controller.namespace.Namespace.Geometry;
import io.doorbell.controller.queue.Remainder;
import io.doorbell.spec.Status;

import java.lang.foreign.MemorySegment;

/**
 * A Copy that has begun (NVM §3.2.2): a source range at a time, in order. A range is read as a
 * whole before it is written, so it may overlap its destination.
 */
final class Copying implements Remainder {
    private final BlockAccess access;
    private final Namespace namespace;
    private final Geometry geometry;
    private final long[] sources; // first block of each range
    private final int[] counts;
    private final boolean durable;
    private final MemorySegment staging; // of all copies that take turns here
    private long destination;
    private int next; // the range that comes next

    Copying(
            BlockAccess access,
            Namespace namespace,
            Geometry geometry,
            long[] sources,
            int[] counts,
            long destination,
            boolean durable,
            MemorySegment staging) {
        this.access = access;
        this.namespace = namespace;
        this.geometry = geometry;
        this.sources = sources;
        this.counts = counts;
        this.destination = destination;
        this.durable = durable;
        this.staging = staging;
    }

    @Override
    public int proceed() {
        int status = copyRange(sources[next], counts[next]);
        if (status != Status.SUCCESS) {
            return status;
        }
        next++;
        if (next < sources.length) {
            return PENDING;
        }
        return durable ? namespace.store().flush() : Status.SUCCESS;
    }

    private int copyRange(long source, int blocks) {
        if (!geometry.contains(source, blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        int shift = geometry.blockSizeLog2();
        long bytes = (long) blocks << shift;
        int status = access.checkRead(namespace, source << shift, bytes);
        if (status == Status.SUCCESS) {
            status = namespace.store().load(source << shift, staging, bytes);
        }
        if (status == Status.SUCCESS) {
            status = access.save(namespace, destination << shift, staging, bytes, false);
        }
        destination += blocks;
        return status;
    }

    /** The lowest range that was not copied; 0 if all were. */
    @Override
    public int result() {
        return next < sources.length ? next : 0;
    }
}
