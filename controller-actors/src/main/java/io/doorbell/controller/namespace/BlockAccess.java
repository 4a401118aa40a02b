package io.doorbell.controller.namespace;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import java.lang.foreign.MemorySegment;

/**
 * A store as the host sees it: with blocks that cannot be read, and blocks that were never written.
 */
final class BlockAccess {
    private static final int SECTOR_LOG2 = SectorSet.SECTOR_LOG2;

    private final IoFeatures features;

    BlockAccess(IoFeatures features) {
        this.features = features;
    }

    /** Whether reading this range is an error before a byte was moved. */
    int checkRead(Namespace namespace, long startByte, long bytes) {
        BlockStates states = namespace.states();
        long first = startByte >>> SECTOR_LOG2;
        long sectors = bytes >>> SECTOR_LOG2;
        if (!states.isReadable(first, sectors)) {
            return Status.UNRECOVERED_READ_ERROR;
        }
        if (features.deallocatedReadsFail(namespace.id()) && !states.isWritten(first, sectors)) {
            return Status.doNotRetry(Status.DEALLOCATED_OR_UNWRITTEN_LOGICAL_BLOCK);
        }
        return Status.SUCCESS;
    }

    int read(Namespace namespace, long startByte, DataPointer data) {
        int status = checkRead(namespace, startByte, data.lengthBytes());
        return status == Status.SUCCESS ? namespace.store().read(startByte, data) : status;
    }

    int write(Namespace namespace, long startByte, DataPointer data, boolean durable) {
        int status = namespace.store().write(startByte, data, durable);
        return written(namespace, startByte, data.lengthBytes(), status);
    }

    int save(
            Namespace namespace,
            long startByte,
            MemorySegment source,
            long bytes,
            boolean durable) {
        int status = namespace.store().save(startByte, source, bytes, durable);
        return written(namespace, startByte, bytes, status);
    }

    /** Notes what a write has done to its blocks, and returns its status. */
    int written(Namespace namespace, long startByte, long bytes, int status) {
        long first = startByte >>> SECTOR_LOG2;
        long sectors = bytes >>> SECTOR_LOG2;
        if (status == Status.SUCCESS) {
            namespace.states().wasWritten(first, sectors);
        } else if (status != Status.DATA_TRANSFER_ERROR) {
            namespace.states().mayHaveBeenWritten(first, sectors);
        }
        return status;
    }

    void makeUnreadable(Namespace namespace, long startByte, long bytes) {
        namespace.states().wasMadeUnreadable(startByte >>> SECTOR_LOG2, bytes >>> SECTOR_LOG2);
    }

    void makeReadable(Namespace namespace, long startByte, long bytes) {
        namespace.states().wasMadeReadable(startByte >>> SECTOR_LOG2, bytes >>> SECTOR_LOG2);
    }
}
