package io.doorbell.controller.namespace;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.DatasetRange;
import io.doorbell.spec.command.ReadWrite;
import io.doorbell.spec.command.WriteZeroes;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Executes I/O commands one at a time (NVM §3.2, Base §7). Each caller has one of its own: it holds
 * private memory for PRP lists and ranges.
 */
final class NvmCommandSet {
    private static final int BROADCAST = 0xFFFF_FFFF;

    private final NamespaceTable namespaces;
    private final GuestMemory memory;
    private final int pageBytes;
    private final long transferBytesMax;
    private final MemorySegment scratch;
    private final DatasetRange range = new DatasetRange();

    /**
     * @param pageBytes 2^(12 + CC.MPS)
     * @param transferBytesMax from MDTS, in bytes
     */
    NvmCommandSet(
            NamespaceTable namespaces, GuestMemory memory, int pageBytes, long transferBytesMax) {
        this.namespaces = namespaces;
        this.memory = memory;
        this.pageBytes = pageBytes;
        this.transferBytesMax = transferBytesMax;
        this.scratch = Arena.ofAuto().allocate(pageBytes, Long.BYTES);
    }

    /** Whether executing this command may wait for a disk. */
    boolean mayBlock(FetchedCommand command) {
        if (!namespaces.mayBlock()) {
            return false; // the common case needs no look-up
        }
        Namespace namespace = namespaces.find(command.entry().namespaceId());
        return namespace != null && namespace.store().mayBlock();
    }

    /** Executes the command and sets its outcome. */
    void execute(FetchedCommand command) {
        command.complete(run(command), 0);
    }

    private int run(FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        int opcode = entry.opcode();
        if (!isSupported(opcode)) {
            return Status.doNotRetry(Status.INVALID_COMMAND_OPCODE);
        }
        Namespace namespace = namespaces.find(entry.namespaceId());
        if (namespace == null) {
            return missingNamespace(entry);
        }
        if (entry.fuse() != SubmissionEntry.FUSE_NONE
                || entry.dataPointerKind() != SubmissionEntry.DATA_POINTER_PRP) {
            return Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        }
        return switch (opcode) {
            case NvmOpcode.READ, NvmOpcode.WRITE -> transfer(namespace, command);
            case NvmOpcode.FLUSH -> namespace.store().flush();
            case NvmOpcode.WRITE_ZEROES -> writeZeroes(namespace, entry);
            default -> manageDataset(namespace, command);
        };
    }

    private static boolean isSupported(int opcode) {
        return opcode == NvmOpcode.READ
                || opcode == NvmOpcode.WRITE
                || opcode == NvmOpcode.FLUSH
                || opcode == NvmOpcode.WRITE_ZEROES
                || opcode == NvmOpcode.DATASET_MANAGEMENT;
    }

    /** Base §3.3.3.1: inactive and broadcast ids are invalid fields, others no namespace at all. */
    private int missingNamespace(SubmissionEntry entry) {
        int id = entry.namespaceId();
        boolean broadcast = id == BROADCAST && entry.opcode() != NvmOpcode.FLUSH;
        return Status.doNotRetry(
                namespaces.isValid(id) || broadcast
                        ? Status.INVALID_FIELD_IN_COMMAND
                        : Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    private int transfer(Namespace namespace, FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        long lba = ReadWrite.startingLba(entry);
        int blocks = ReadWrite.blockCount(entry);
        long bytes = (long) blocks << namespace.blockSizeLog2();
        if (bytes > transferBytesMax) {
            return Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        }
        if (!namespace.contains(lba, blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        int status = command.data().resolve(memory, entry, bytes, pageBytes, scratch);
        if (status != Status.SUCCESS) {
            return status;
        }
        long startByte = lba << namespace.blockSizeLog2();
        return entry.opcode() == NvmOpcode.READ
                ? namespace.store().read(startByte, command.data())
                : namespace
                        .store()
                        .write(startByte, command.data(), ReadWrite.forceUnitAccess(entry));
    }

    private int writeZeroes(Namespace namespace, SubmissionEntry entry) {
        long lba = WriteZeroes.startingLba(entry);
        int blocks = WriteZeroes.blockCount(entry);
        if (!namespace.contains(lba, blocks)) {
            return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        }
        return zero(
                namespace,
                lba,
                blocks,
                WriteZeroes.deallocate(entry),
                WriteZeroes.forceUnitAccess(entry));
    }

    /** Only deallocation is acted on; the other attributes are hints (NVM §3.2.3). */
    private int manageDataset(Namespace namespace, FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        int rangeBytes = DatasetManagement.dataLengthBytes(entry);
        int status = command.data().resolve(memory, entry, rangeBytes, pageBytes, scratch);
        if (status != Status.SUCCESS || !DatasetManagement.deallocate(entry)) {
            return status;
        }
        if (!command.data().fromGuest(scratch, 0, 0, rangeBytes).isOk()) {
            return Status.DATA_TRANSFER_ERROR;
        }
        for (int offset = 0; offset < rangeBytes; offset += DatasetRange.SIZE_BYTES) {
            range.wrap(scratch, offset);
            if (!namespace.contains(range.startingLba(), blockCount())) {
                return Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
            }
        }
        for (int offset = 0; offset < rangeBytes && status == Status.SUCCESS; ) {
            range.wrap(scratch, offset);
            status = zero(namespace, range.startingLba(), blockCount(), true, false);
            offset += DatasetRange.SIZE_BYTES;
        }
        return status;
    }

    private long blockCount() {
        return Integer.toUnsignedLong(range.blockCount());
    }

    private static int zero(
            Namespace namespace, long lba, long blocks, boolean deallocate, boolean durable) {
        int shift = namespace.blockSizeLog2();
        return namespace.store().zero(lba << shift, blocks << shift, deallocate, durable);
    }
}
