package io.doorbell.vfiouser.memory;

import io.doorbell.bus.memory.DmaStatus;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Writes zeros by messages. */
final class Zeros {
    private static final MemorySegment PAGE =
            Arena.global().allocate(ClientMemory.PAGE_BYTES, Long.BYTES).asReadOnly();

    private Zeros() {}

    static DmaStatus write(MessageDma messages, long address, long sizeBytes) {
        DmaStatus status = DmaStatus.OK;
        for (long done = 0; done < sizeBytes && status.isOk(); ) {
            long piece = Math.min(sizeBytes - done, PAGE.byteSize());
            status = messages.write(address + done, PAGE, 0, piece);
            done += piece;
        }
        return status;
    }
}
