package io.doorbell.guest;

import io.doorbell.guest.workload.IoRequest;
import io.doorbell.guest.workload.Operation;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.DatasetRange;
import io.doorbell.spec.command.ReadWrite;
import io.doorbell.spec.command.WriteZeroes;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Turns requests of the host into NVM commands (NVM §3.2), and moves their data. */
final class IoCommands {
    private int namespaceId;
    private int blockSizeLog2;
    private final long transferBytesMax;
    private final DataBuffers buffers;
    private final MemorySegment rangeBytes;
    private final DatasetRange range;

    IoCommands(long transferBytesMax, DataBuffers buffers) {
        this.transferBytesMax = transferBytesMax;
        this.buffers = buffers;
        this.rangeBytes = Arena.ofAuto().allocate(DatasetRange.SIZE_BYTES, Long.BYTES);
        this.range = new DatasetRange().wrap(rangeBytes, 0);
    }

    /** From now on commands are for this namespace. Before, there are none. */
    void use(NamespaceInfo namespace) {
        namespaceId = namespace.id();
        blockSizeLog2 = namespace.blockSizeLog2();
    }

    long transferBytesMax() {
        return transferBytesMax;
    }

    /** Fills a cleared entry; the data of a write goes to the tag's buffer. */
    void fill(SubmissionEntry entry, int commandId, int tag, IoWork work) {
        IoRequest request = work.request();
        entry.commandId(commandId).namespaceId(namespaceId);
        switch (request.operation()) {
            case READ -> transfer(entry.opcode(NvmOpcode.READ), tag, request);
            case WRITE -> {
                transfer(entry.opcode(NvmOpcode.WRITE), tag, request);
                MemorySegment data = work.data();
                if (data != null) {
                    buffers.fill(tag, data, bytes(request));
                }
            }
            case FLUSH -> entry.opcode(NvmOpcode.FLUSH);
            case WRITE_ZEROES -> {
                WriteZeroes.startingLba(entry.opcode(NvmOpcode.WRITE_ZEROES), request.startLba());
                WriteZeroes.blockCount(entry, Math.toIntExact(request.blockCount()));
            }
            case DEALLOCATE -> deallocate(entry, tag, request);
        }
    }

    private void transfer(SubmissionEntry entry, int tag, IoRequest request) {
        ReadWrite.startingLba(entry, request.startLba());
        ReadWrite.blockCount(entry, Math.toIntExact(request.blockCount()));
        buffers.describe(entry, tag, bytes(request));
    }

    private void deallocate(SubmissionEntry entry, int tag, IoRequest request) {
        range.contextAttributes(0)
                .startingLba(request.startLba())
                .blockCount((int) request.blockCount());
        buffers.describeRange(entry.opcode(NvmOpcode.DATASET_MANAGEMENT), tag, rangeBytes);
        DatasetManagement.rangeCountZeroBased(entry, 0);
        DatasetManagement.deallocate(entry, true);
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
