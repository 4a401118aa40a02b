package io.doorbell.controller.namespace;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.controller.namespace.Namespace.Geometry;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.controller.queue.Remainder;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.ReadWrite;
import io.doorbell.spec.command.WriteUncorrectable;
import io.doorbell.spec.command.WriteZeroes;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The commands that name their blocks by SLBA and NLB: Read, Write, Compare, Verify, Write Zeroes,
 * Write Uncorrectable (NVM §3.2).
 */
final class BlockCommands {
    private static final int PROTECTION_ACTION = 1 << 3; // PRACT in PRINFO

    private final HostData hostData;
    private final BlockAccess access;
    private final long transferBytesMax;
    private final MemorySegment ours = Arena.ofAuto().allocate(BlockLatches.SPAN_BYTES, Long.BYTES);
    private final MemorySegment hosts =
            Arena.ofAuto().allocate(BlockLatches.SPAN_BYTES, Long.BYTES);

    /**
     * @param transferBytesMax from MDTS, in bytes
     */
    BlockCommands(HostData hostData, BlockAccess access, long transferBytesMax) {
        this.hostData = hostData;
        this.access = access;
        this.transferBytesMax = transferBytesMax;
    }

    int read(Namespace namespace, FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        Geometry geometry = namespace.geometry();
        int status = resolve(geometry, command, true);
        if (status == Status.SUCCESS && ReadWrite.forceUnitAccess(entry)) {
            status = namespace.store().flush(); // what is read is on the medium (NVM §3.2.4)
        }
        return status == Status.SUCCESS
                ? access.read(namespace, startByte(geometry, entry), command.data())
                : status;
    }

    int write(Namespace namespace, FetchedCommand command, boolean durable) {
        Geometry geometry = namespace.geometry();
        int status = resolve(geometry, command, false);
        return status == Status.SUCCESS
                ? access.write(
                        namespace, startByte(geometry, command.entry()), command.data(), durable)
                : status;
    }

    int compare(Namespace namespace, FetchedCommand command) {
        Geometry geometry = namespace.geometry();
        int status = resolve(geometry, command, false);
        if (status != Status.SUCCESS) {
            return status;
        }
        long startByte = startByte(geometry, command.entry());
        status = access.checkRead(namespace, startByte, command.data().lengthBytes());
        return status == Status.SUCCESS
                ? compare(namespace.store(), startByte, command.data())
                : status;
    }

    private int compare(BlockStore store, long startByte, DataPointer data) {
        long length = data.lengthBytes();
        for (long done = 0; done < length; ) {
            long piece = BlockLatches.piece(startByte + done, length - done);
            int status = store.load(startByte + done, ours, piece);
            if (status != Status.SUCCESS) {
                return status;
            }
            if (!data.fromGuest(hosts, 0, done, piece).isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            if (MemorySegment.mismatch(ours, 0, piece, hosts, 0, piece) >= 0) {
                return Status.COMPARE_FAILURE;
            }
            done += piece;
        }
        return Status.SUCCESS;
    }

    int verify(Namespace namespace, FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        Geometry geometry = namespace.geometry();
        if ((ReadWrite.protectionInfo(entry) & PROTECTION_ACTION) != 0) {
            return Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        }
        int blocks = ReadWrite.blockCount(entry);
        if (!geometry.contains(ReadWrite.startingLba(entry), blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        Verifying verifying =
                new Verifying(
                        access,
                        namespace,
                        startByte(geometry, entry),
                        (long) blocks << geometry.blockSizeLog2());
        command.remains(verifying);
        return verifying.proceed();
    }

    int writeZeroes(Namespace namespace, FetchedCommand command, boolean durable) {
        SubmissionEntry entry = command.entry();
        Geometry geometry = namespace.geometry();
        int blocks = WriteZeroes.blockCount(entry);
        if (!geometry.contains(WriteZeroes.startingLba(entry), blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        long startByte = WriteZeroes.startingLba(entry) << geometry.blockSizeLog2();
        long bytes = (long) blocks << geometry.blockSizeLog2();
        boolean deallocate = WriteZeroes.deallocate(entry);
        access.makeReadable(namespace, startByte, bytes);
        if (bytes <= Zeroing.SLICE_BYTES) {
            return Zeroing.zero(namespace, startByte, bytes, deallocate, durable);
        }
        Zeroing zeroing = new Zeroing(namespace, deallocate, durable);
        zeroing.add(startByte, bytes);
        command.remains(zeroing);
        return Remainder.PENDING;
    }

    int writeUncorrectable(Namespace namespace, SubmissionEntry entry) {
        Geometry geometry = namespace.geometry();
        long lba = WriteUncorrectable.startingLba(entry);
        int blocks = WriteUncorrectable.blockCount(entry);
        if (!geometry.contains(lba, blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        int shift = geometry.blockSizeLog2();
        access.makeUnreadable(namespace, lba << shift, (long) blocks << shift);
        return Status.SUCCESS;
    }

    /** Checks size and range, then resolves the data pointer. */
    private int resolve(Geometry geometry, FetchedCommand command, boolean toHost) {
        SubmissionEntry entry = command.entry();
        int blocks = ReadWrite.blockCount(entry);
        long bytes = (long) blocks << geometry.blockSizeLog2();
        if (bytes > transferBytesMax) {
            return Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        }
        if (!geometry.contains(ReadWrite.startingLba(entry), blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        return hostData.resolve(command, bytes, toHost);
    }

    private static long startByte(Geometry geometry, SubmissionEntry entry) {
        return ReadWrite.startingLba(entry) << geometry.blockSizeLog2();
    }
}
