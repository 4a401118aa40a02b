package io.doorbell.guest;

import io.doorbell.guest.workload.IoRequest;
import io.doorbell.guest.workload.Operation;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.DatasetRange;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Turns requests of the host into NVM commands (NVM §3.2), and moves their data. */
final class IoCommands {
    private int namespaceId;
    private int blockSizeLog2;
    private final long transferBytesMax;
    private final DataBuffers buffers;
    private @Nullable MemorySegment rangeBytes; // most queues never deallocate
    private @Nullable DatasetRange range;

    IoCommands(long transferBytesMax, DataBuffers buffers) {
        this.transferBytesMax = transferBytesMax;
        this.buffers = buffers;
    }

    /** From now on commands are for this namespace. Before, there are none. */
    void use(NamespaceInfo namespace) {
        namespaceId = namespace.id();
        blockSizeLog2 = namespace.blockSizeLog2();
    }

    long transferBytesMax() {
        return transferBytesMax;
    }

    /** The command that does this. */
    static int opcode(Operation operation) {
        return switch (operation) {
            case READ -> NvmOpcode.READ;
            case WRITE -> NvmOpcode.WRITE;
            case FLUSH -> NvmOpcode.FLUSH;
            case WRITE_ZEROES -> NvmOpcode.WRITE_ZEROES;
            case DEALLOCATE -> NvmOpcode.DATASET_MANAGEMENT;
        };
    }

    /** Writes a request into the next slot; the data of a write goes to the tag's buffer. */
    void submit(SubmissionRing ring, int commandId, int tag, IoWork work) {
        IoRequest request = work.request();
        switch (request.operation()) {
            case READ -> transfer(ring, NvmOpcode.READ, commandId, tag, request);
            case WRITE -> {
                MemorySegment data = work.data();
                if (data != null) {
                    buffers.fill(tag, data, bytes(request));
                }
                transfer(ring, NvmOpcode.WRITE, commandId, tag, request);
            }
            case FLUSH -> ring.push(first(NvmOpcode.FLUSH, commandId), 0, 0, 0, 0);
            case WRITE_ZEROES ->
                    ring.push(
                            first(NvmOpcode.WRITE_ZEROES, commandId),
                            0,
                            0,
                            request.startLba(),
                            blockCountZeroBased(request));
            case DEALLOCATE -> deallocate(ring, commandId, tag, request);
        }
    }

    private void transfer(
            SubmissionRing ring, int opcode, int commandId, int tag, IoRequest request) {
        ring.push(
                first(opcode, commandId),
                buffers.prp1(tag),
                buffers.prp2(tag, bytes(request)),
                request.startLba(),
                blockCountZeroBased(request));
    }

    private long first(int opcode, int commandId) {
        return SubmissionEntry.firstQword(opcode, commandId, namespaceId);
    }

    private static long blockCountZeroBased(IoRequest request) {
        return Math.toIntExact(request.blockCount()) - 1L;
    }

    private void deallocate(SubmissionRing ring, int commandId, int tag, IoRequest request) {
        if (range == null) {
            rangeBytes = Arena.ofAuto().allocate(DatasetRange.SIZE_BYTES, Long.BYTES);
            range = new DatasetRange().wrap(rangeBytes, 0);
        }
        range.contextAttributes(0)
                .startingLba(request.startLba())
                .blockCount((int) request.blockCount());
        SubmissionEntry entry = ring.draft();
        entry.opcode(NvmOpcode.DATASET_MANAGEMENT).commandId(commandId).namespaceId(namespaceId);
        buffers.describeRange(entry, tag, Objects.requireNonNull(rangeBytes));
        DatasetManagement.rangeCountZeroBased(entry, 0);
        DatasetManagement.deallocate(entry, true);
        ring.push();
    }

    /** Brings what a read has moved to whoever looks at it. */
    void finish(int tag, IoWork work, int status) {
        MemorySegment data = work.data();
        if (data != null && status == 0 && work.request().operation() == Operation.READ) {
            buffers.drain(tag, data, bytes(work.request()));
        }
    }

    private long bytes(IoRequest request) {
        return request.blockCount() << blockSizeLog2;
    }
}
