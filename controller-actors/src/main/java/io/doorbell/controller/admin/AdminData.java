package io.doorbell.controller.admin;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Moves the data of admin commands, through a page of our own. */
final class AdminData {
    private final GuestMemory memory;
    private final int pageBytes;
    private final MemorySegment page =
            Arena.ofAuto().allocate(Identify.DATA_SIZE_BYTES, Long.BYTES);
    private final MemorySegment scratch;

    /**
     * @param pageBytes 2^(12 + CC.MPS)
     */
    AdminData(GuestMemory memory, int pageBytes) {
        this.memory = memory;
        this.pageBytes = pageBytes;
        this.scratch = Arena.ofAuto().allocate(pageBytes, Long.BYTES);
    }

    /** 4,096 zeros to fill; valid until the next call. */
    MemorySegment cleared() {
        return page.fill((byte) 0);
    }

    /** Sends memory to where the command's data pointer says; nothing if {@code bytes} is 0. */
    int send(PendingCommand command, MemorySegment source, long bytes) {
        if (bytes == 0) {
            return Status.SUCCESS;
        }
        DataPointer data = command.command().data();
        int status = data.resolve(memory, command.entry(), bytes, pageBytes, scratch);
        if (status != Status.SUCCESS) {
            return status;
        }
        return data.toGuest(source, 0, 0, bytes).isOk()
                ? Status.SUCCESS
                : Status.DATA_TRANSFER_ERROR;
    }

    /** Fetches the command's data into a page that is zero behind it. */
    int receive(PendingCommand command, MemorySegment target, long bytes) {
        DataPointer data = command.command().data();
        int status = data.resolve(memory, command.entry(), bytes, pageBytes, scratch);
        if (status != Status.SUCCESS) {
            return status;
        }
        return data.fromGuest(target, 0, 0, bytes).isOk()
                ? Status.SUCCESS
                : Status.DATA_TRANSFER_ERROR;
    }
}
