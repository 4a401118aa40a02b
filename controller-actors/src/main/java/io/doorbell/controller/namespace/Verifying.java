package io.doorbell.controller.namespace;

import io.doorbell.controller.queue.Remainder;
import io.doorbell.spec.Status;

/** A Verify that has begun (NVM §3.2.5): reads a slice at a time and moves nothing. */
final class Verifying implements Remainder {
    private static final long SLICE_BYTES = 1 << 20;

    private final BlockAccess access;
    private final Namespace namespace;
    private final long endByte;
    private long nextByte;

    Verifying(BlockAccess access, Namespace namespace, long startByte, long sizeBytes) {
        this.access = access;
        this.namespace = namespace;
        this.nextByte = startByte;
        this.endByte = startByte + sizeBytes;
    }

    @Override
    public int proceed() {
        long bytes = Math.min(SLICE_BYTES, endByte - nextByte);
        int status = access.checkRead(namespace, nextByte, bytes);
        if (status == Status.SUCCESS) {
            status = namespace.store().verify(nextByte, bytes);
        }
        nextByte += bytes;
        return status != Status.SUCCESS || nextByte == endByte ? status : PENDING;
    }
}
