package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.command.NamespaceManagement;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.LbaFormat;

import java.lang.foreign.MemorySegment;

/** A namespace as a host wants it: fields of its Identify structure (Base §5.23). */
final class NewNamespace {
    private final int commandSet;
    private final IdentifyNamespace wanted;

    NewNamespace(SubmissionEntry entry, MemorySegment page) {
        commandSet = NamespaceManagement.commandSet(entry);
        wanted = new IdentifyNamespace().wrap(page, 0);
    }

    /** Why there can be no such namespace, or success. */
    int check(long unallocatedBytes) {
        if (commandSet != Identify.COMMAND_SET_NVM) {
            return Status.IO_COMMAND_SET_NOT_SUPPORTED;
        }
        if (wanted.formatIndex() >= Namespace.formatCount() || wanted.protectionSettings() != 0) {
            return Status.INVALID_FORMAT;
        }
        long size = wanted.sizeBlocks();
        long capacity = wanted.capacityBlocks();
        if (size == 0
                || Long.compareUnsigned(capacity, size) > 0
                || wanted.multiPathCapabilities() != 0
                || wanted.nvmSetId() != 0) {
            return Status.INVALID_FIELD_IN_COMMAND;
        }
        if (wanted.anaGroupId() != 0) {
            return Status.ANA_GROUP_IDENTIFIER_INVALID;
        }
        if (capacity != size) {
            return Status.THIN_PROVISIONING_NOT_SUPPORTED;
        }
        return Long.compareUnsigned(size, unallocatedBytes >>> blockSizeLog2()) > 0
                ? Status.NAMESPACE_INSUFFICIENT_CAPACITY
                : Status.SUCCESS;
    }

    long blockCount() {
        return wanted.sizeBlocks();
    }

    int blockSizeLog2() {
        return LbaFormat.dataSizeLog2(Namespace.lbaFormat(wanted.formatIndex()));
    }

    long sizeBytes() {
        return blockCount() << blockSizeLog2();
    }
}
