package io.doorbell.controller.namespace;

import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.controller.queue.Remainder;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Copy;
import io.doorbell.spec.command.ReadWrite;
import io.doorbell.spec.command.WriteZeroes;

import org.jspecify.annotations.Nullable;

/**
 * Executes I/O commands one at a time (NVM §3.2, Base §7): checks what all have in common and hands
 * each to those who know it. Each caller has one of its own.
 */
final class NvmCommandSet {
    private final NamespaceTable namespaces;
    private final IoFeatures features;
    private final HostData hostData;
    private final BlockCommands blocks;
    private final RangeCommands ranges;
    private final CompareAndWrite compareAndWrite;

    NvmCommandSet(NamespaceExecutor.Settings settings) {
        namespaces = settings.namespaces();
        features = settings.features();
        hostData =
                new HostData(
                        settings.memory(), settings.pageBytes(), settings.scatterGatherLists());
        BlockAccess access = new BlockAccess(features);
        blocks = new BlockCommands(hostData, access, settings.transferBytesMax());
        ranges = new RangeCommands(hostData, access);
        compareAndWrite = new CompareAndWrite(hostData, access);
    }

    /** Whether executing this command may wait for a disk. */
    boolean mayBlock(FetchedCommand command) {
        if (isBroadcastFlush(command)) {
            return true;
        }
        Namespace namespace = namespaces.find(command.namespaceId());
        return namespace != null && namespace.store().mayBlock() && !isPrompt(command, namespace);
    }

    private boolean isPrompt(FetchedCommand command, Namespace namespace) {
        return switch (command.opcode()) {
            case NvmOpcode.READ, NvmOpcode.WRITE ->
                    !waitsLong(command)
                            && namespace
                                    .store()
                                    .isPrompt(
                                            (long) ReadWrite.blockCount(command.entry())
                                                    << namespace.blockSizeLog2());
            default -> false;
        };
    }

    /** Whether it then waits until data is durable. */
    boolean waitsLong(FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        return switch (command.opcode()) {
            case NvmOpcode.FLUSH -> true;
            case NvmOpcode.READ -> ReadWrite.forceUnitAccess(entry);
            case NvmOpcode.WRITE -> isDurable(ReadWrite.forceUnitAccess(entry));
            case NvmOpcode.WRITE_ZEROES -> isDurable(WriteZeroes.forceUnitAccess(entry));
            case NvmOpcode.COPY -> isDurable(Copy.forceUnitAccess(entry));
            default -> false;
        };
    }

    private boolean isDurable(boolean forceUnitAccess) {
        return forceUnitAccess || !features.writeCacheEnabled();
    }

    /** Executes the command or a piece of it. True if it is done and has its outcome. */
    boolean execute(FetchedCommand command) {
        Remainder begun = command.remainder();
        int status = begun == null ? begin(command) : begun.proceed();
        if (status == Remainder.PENDING) {
            return false;
        }
        Remainder ended = command.remainder();
        command.complete(status, ended == null ? 0 : ended.result());
        return true;
    }

    /** Executes both halves of a fused operation (Base §3.4.2). */
    void execute(FetchedCommand first, FetchedCommand second) {
        Namespace namespace = namespaces.find(first.namespaceId());
        int firstStatus = checkTarget(first, namespace);
        int secondStatus = checkTarget(second, namespaces.find(second.namespaceId()));
        if (namespace == null || firstStatus != Status.SUCCESS || secondStatus != Status.SUCCESS) {
            CompareAndWrite.abort(first, firstStatus, second, secondStatus);
        } else {
            compareAndWrite.execute(
                    namespace, first, second, isDurable(ReadWrite.forceUnitAccess(second.entry())));
        }
    }

    private int begin(FetchedCommand command) {
        SubmissionEntry entry = command.entry();
        Namespace namespace = namespaces.find(command.namespaceId());
        int status = checkTarget(command, namespace);
        if (status != Status.SUCCESS) {
            return status;
        }
        if (command.fuse() != SubmissionEntry.FUSE_NONE) {
            return Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND;
        }
        if (namespace == null) {
            return flushAll();
        }
        return switch (command.opcode()) {
            case NvmOpcode.READ -> blocks.read(namespace, command);
            case NvmOpcode.WRITE ->
                    blocks.write(namespace, command, isDurable(ReadWrite.forceUnitAccess(entry)));
            case NvmOpcode.FLUSH -> namespace.store().flush();
            case NvmOpcode.COMPARE -> blocks.compare(namespace, command);
            case NvmOpcode.VERIFY -> blocks.verify(namespace, command);
            case NvmOpcode.WRITE_ZEROES ->
                    blocks.writeZeroes(
                            namespace, command, isDurable(WriteZeroes.forceUnitAccess(entry)));
            case NvmOpcode.WRITE_UNCORRECTABLE -> blocks.writeUncorrectable(namespace, entry);
            case NvmOpcode.DATASET_MANAGEMENT -> ranges.manageDataset(namespace, command);
            case NvmOpcode.COPY ->
                    ranges.copy(namespace, command, isDurable(Copy.forceUnitAccess(entry)));
            default -> Status.doNotRetry(Status.INVALID_COMMAND_OPCODE);
        };
    }

    private static boolean isSupported(int opcode) {
        return switch (opcode) {
            case NvmOpcode.READ,
                    NvmOpcode.WRITE,
                    NvmOpcode.FLUSH,
                    NvmOpcode.COMPARE,
                    NvmOpcode.VERIFY,
                    NvmOpcode.WRITE_ZEROES,
                    NvmOpcode.WRITE_UNCORRECTABLE,
                    NvmOpcode.DATASET_MANAGEMENT,
                    NvmOpcode.COPY ->
                    true;
            default -> false;
        };
    }

    /** What can be wrong with any command before its own fields are looked at. */
    private int checkTarget(FetchedCommand command, @Nullable Namespace namespace) {
        if (!isSupported(command.opcode())) {
            return Status.doNotRetry(Status.INVALID_COMMAND_OPCODE);
        }
        if (namespace == null && !isBroadcastFlush(command)) {
            return missingNamespace(command.namespaceId());
        }
        if (namespace != null && namespace.isFormatting()) {
            return Status.FORMAT_IN_PROGRESS;
        }
        return command.fuse() > SubmissionEntry.FUSE_SECOND || !hostData.isPointerSupported(command)
                ? Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND)
                : Status.SUCCESS;
    }

    /** Base §3.3.3.1: inactive and broadcast ids are invalid fields, others no namespace at all. */
    private int missingNamespace(int id) {
        return Status.doNotRetry(
                namespaces.isValid(id) || id == NamespaceId.BROADCAST
                        ? Status.INVALID_FIELD_IN_COMMAND
                        : Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    private static boolean isBroadcastFlush(FetchedCommand command) {
        return command.opcode() == NvmOpcode.FLUSH
                && command.namespaceId() == NamespaceId.BROADCAST;
    }

    /** Flush of all namespaces (Base §7.1; VWC announces it). */
    private int flushAll() {
        int status = Status.SUCCESS;
        for (int id = 1; id <= namespaces.idMax(); id++) {
            Namespace namespace = namespaces.find(id);
            if (namespace != null) {
                int flushed = namespace.store().flush();
                status = status == Status.SUCCESS ? flushed : status;
            }
        }
        return status;
    }
}
