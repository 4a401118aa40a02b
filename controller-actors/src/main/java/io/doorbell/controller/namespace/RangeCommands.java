package io.doorbell.controller.namespace;

import io.doorbell.controller.namespace.Namespace.Geometry;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.controller.queue.Remainder;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Copy;
import io.doorbell.spec.command.CopyRange;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.DatasetRange;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The commands whose data are lists of ranges: Dataset Management and Copy (NVM §3.2.2, §3.2.3).
 */
final class RangeCommands {
    private static final int RANGES_MAX = 256;
    private static final int FORMAT_0 = 0;

    private final HostData hostData;
    private final BlockAccess access;
    private final MemorySegment list =
            Arena.ofAuto().allocate((long) RANGES_MAX * CopyRange.SIZE_BYTES, Long.BYTES);
    private final DatasetRange datasetRange = new DatasetRange();
    private final CopyRange copyRange = new CopyRange();
    private @Nullable MemorySegment staging; // made when it is first needed

    RangeCommands(HostData hostData, BlockAccess access) {
        this.hostData = hostData;
        this.access = access;
    }

    // ---- Dataset Management --------------------------------------------------------------------

    /** Only deallocation is acted on; the other attributes are hints (NVM §3.2.3). */
    int manageDataset(Namespace namespace, FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        Geometry geometry = namespace.geometry();
        int listBytes = DatasetManagement.dataLengthBytes(entry);
        if (!DatasetManagement.deallocate(entry)) {
            return hostData.resolve(command, listBytes, false);
        }
        int status = hostData.fetch(command, listBytes, list);
        if (status != Status.SUCCESS) {
            return status;
        }
        long bytes = 0;
        for (int offset = 0; offset < listBytes; offset += DatasetRange.SIZE_BYTES) {
            datasetRange.wrap(list, offset);
            if (!geometry.contains(datasetRange.startingLba(), datasetBlocks())) {
                return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
            }
            bytes += datasetBlocks() << geometry.blockSizeLog2();
        }
        if (bytes <= Zeroing.SLICE_BYTES) {
            return deallocate(namespace, geometry, listBytes);
        }
        Zeroing zeroing = new Zeroing(namespace, true, false);
        for (int offset = 0; offset < listBytes; offset += DatasetRange.SIZE_BYTES) {
            datasetRange.wrap(list, offset);
            zeroing.add(
                    datasetRange.startingLba() << geometry.blockSizeLog2(),
                    datasetBlocks() << geometry.blockSizeLog2());
        }
        command.remains(zeroing);
        return Remainder.PENDING;
    }

    private int deallocate(Namespace namespace, Geometry geometry, int listBytes) {
        int status = Status.SUCCESS;
        for (int offset = 0; offset < listBytes && status == Status.SUCCESS; ) {
            datasetRange.wrap(list, offset);
            status =
                    Zeroing.zero(
                            namespace,
                            datasetRange.startingLba() << geometry.blockSizeLog2(),
                            datasetBlocks() << geometry.blockSizeLog2(),
                            true,
                            false);
            offset += DatasetRange.SIZE_BYTES;
        }
        return status;
    }

    private long datasetBlocks() {
        return Integer.toUnsignedLong(datasetRange.blockCount());
    }

    // ---- Copy ----------------------------------------------------------------------------------

    int copy(Namespace namespace, FetchedCommand command, boolean durable) {
        SubmissionEntry entry = command.entry();
        if (Copy.descriptorFormat(entry) != FORMAT_0) {
            return Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        }
        int count = Copy.rangeCount(entry);
        if (count > NvmLimits.COPY_RANGES_MAX) {
            return Status.doNotRetry(Status.COMMAND_SIZE_LIMIT_EXCEEDED);
        }
        int status = hostData.fetch(command, Copy.dataLengthBytes(entry), list);
        if (status != Status.SUCCESS) {
            return status;
        }
        long[] sources = new long[count];
        int[] counts = new int[count];
        long blocks = 0;
        for (int range = 0; range < count; range++) {
            copyRange.wrap(list, (long) range * CopyRange.SIZE_BYTES);
            sources[range] = copyRange.startingLba();
            counts[range] = copyRange.blockCount();
            blocks += copyRange.blockCount();
            if (copyRange.blockCount() > NvmLimits.COPY_RANGE_BLOCKS_MAX) {
                return Status.doNotRetry(Status.COMMAND_SIZE_LIMIT_EXCEEDED);
            }
        }
        if (blocks > NvmLimits.COPY_BLOCKS_MAX) {
            return Status.doNotRetry(Status.COMMAND_SIZE_LIMIT_EXCEEDED);
        }
        Geometry geometry = namespace.geometry();
        if (!geometry.contains(Copy.destinationLba(entry), blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        command.remains(
                new Copying(
                        access,
                        namespace,
                        geometry,
                        sources,
                        counts,
                        Copy.destinationLba(entry),
                        durable,
                        staging()));
        return Remainder.PENDING;
    }

    /** A host may begin any number of copies, but one range is copied at a time. */
    private MemorySegment staging() {
        if (staging == null) {
            staging = Arena.ofAuto().allocate(NvmLimits.COPY_RANGE_BYTES_MAX, Long.BYTES);
        }
        return staging;
    }
}
