package io.doorbell.controller.namespace;

import io.doorbell.controller.namespace.Namespace.Geometry;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.ReadWrite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The one fused operation: Compare, and Write if it found what it expected (Base §3.4.2, NVM
 * §3.2.1). No other command comes in between.
 */
final class CompareAndWrite {
    private static final long BLOCK_BYTES_MAX = 4096;

    private final HostData hostData;
    private final BlockAccess access;
    private final MemorySegment expected = Arena.ofAuto().allocate(BLOCK_BYTES_MAX, Long.BYTES);
    private final MemorySegment written = Arena.ofAuto().allocate(BLOCK_BYTES_MAX, Long.BYTES);

    CompareAndWrite(HostData hostData, BlockAccess access) {
        this.hostData = hostData;
        this.access = access;
    }

    /** Ends a pair of which nothing is executed: the half that is right fails with the other. */
    static void abort(FetchedCommand first, int firstStatus, FetchedCommand second, int status) {
        first.complete(firstStatus != Status.SUCCESS ? firstStatus : failedWithOther(), 0);
        second.complete(status != Status.SUCCESS ? status : failedWithOther(), 0);
    }

    private static int failedWithOther() {
        return Status.COMMAND_ABORTED_DUE_TO_FAILED_FUSED_COMMAND;
    }

    void execute(
            Namespace namespace, FetchedCommand first, FetchedCommand second, boolean durable) {
        Geometry geometry = namespace.geometry();
        int refused = check(geometry, first.entry(), second.entry());
        if (refused != Status.SUCCESS) {
            first.complete(refused, 0);
            second.complete(refused, 0);
            return;
        }
        long bytes = (long) blocks(first) << geometry.blockSizeLog2();
        long startByte = ReadWrite.startingLba(first.entry()) << geometry.blockSizeLog2();
        int firstStatus = access.checkRead(namespace, startByte, bytes);
        if (firstStatus == Status.SUCCESS) {
            firstStatus = hostData.fetch(first, bytes, expected);
        }
        int secondStatus = hostData.fetch(second, bytes, written);
        if (firstStatus != Status.SUCCESS || secondStatus != Status.SUCCESS) {
            abort(first, firstStatus, second, secondStatus);
            return;
        }
        int status = namespace.store().compareAndSave(startByte, expected, written, bytes, durable);
        if (status == Status.COMPARE_FAILURE || status == Status.UNRECOVERED_READ_ERROR) {
            abort(first, status, second, Status.SUCCESS);
            return;
        }
        first.complete(Status.SUCCESS, 0);
        second.complete(access.written(namespace, startByte, bytes, status), 0);
    }

    private static int check(Geometry geometry, SubmissionEntry first, SubmissionEntry second) {
        boolean isPair =
                first.opcode() == NvmOpcode.COMPARE
                        && second.opcode() == NvmOpcode.WRITE
                        && first.namespaceId() == second.namespaceId()
                        && ReadWrite.startingLba(first) == ReadWrite.startingLba(second)
                        && ReadWrite.blockCount(first) == ReadWrite.blockCount(second);
        if (!isPair) {
            return Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        }
        int blocks = ReadWrite.blockCount(first);
        if (!geometry.contains(ReadWrite.startingLba(first), blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        return blocks > NvmLimits.COMPARE_AND_WRITE_BLOCKS_MAX
                ? Status.doNotRetry(Status.ATOMIC_WRITE_UNIT_EXCEEDED)
                : Status.SUCCESS;
    }

    private static int blocks(FetchedCommand command) {
        return ReadWrite.blockCount(command.entry());
    }
}
