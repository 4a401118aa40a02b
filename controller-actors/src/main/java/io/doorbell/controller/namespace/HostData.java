package io.doorbell.controller.namespace;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Finds and fetches what a command's data pointer leads to. One for each who executes. */
final class HostData {
    private final GuestMemory memory;
    private final int pageBytes;
    private final boolean scatterGatherLists;
    private final MemorySegment scratch;

    /**
     * @param pageBytes 2^(12 + CC.MPS)
     * @param scatterGatherLists whether commands may have SGLs
     */
    HostData(GuestMemory memory, int pageBytes, boolean scatterGatherLists) {
        this.memory = memory;
        this.pageBytes = pageBytes;
        this.scatterGatherLists = scatterGatherLists;
        this.scratch = Arena.ofAuto().allocate(pageBytes, Long.BYTES);
    }

    /** PSDT (Base §3.3.3.1): PRPs, or an SGL and no metadata. */
    boolean isPointerSupported(FetchedCommand command) {
        int kind = command.dataPointerKind();
        return kind == SubmissionEntry.DATA_POINTER_PRP
                || (kind == SubmissionEntry.DATA_POINTER_SGL && scatterGatherLists);
    }

    /** Resolves the command's data pointer. */
    int resolve(FetchedCommand command, long bytes, boolean toHost) {
        SubmissionEntry entry = command.entry();
        DataPointer data = command.data();
        return command.dataPointerKind() == SubmissionEntry.DATA_POINTER_PRP
                ? data.resolve(memory, entry, bytes, pageBytes, scratch)
                : data.resolveSgl(memory, entry, bytes, toHost, scratch);
    }

    /** Resolves, and copies all of a small transfer to the start of {@code target}. */
    int fetch(FetchedCommand command, long bytes, MemorySegment target) {
        int status = resolve(command, bytes, false);
        if (status != Status.SUCCESS) {
            return status;
        }
        return command.data().fromGuest(target, 0, 0, bytes).isOk()
                ? Status.SUCCESS
                : Status.DATA_TRANSFER_ERROR;
    }
}
