package io.doorbell.vfiouser.memory;

import io.doorbell.bus.memory.DmaStatus;

import java.lang.foreign.MemorySegment;

/**
 * Reaches memory of the client by messages. A call waits for the client's answer; when the client
 * is gone or the function may not master the bus, it ends as {@link DmaStatus#ABORTED}.
 */
public interface MessageDma {
    /** Copies memory of the client to {@code target}, any number of bytes. */
    DmaStatus read(long address, MemorySegment target, long targetOffsetBytes, long sizeBytes);

    /** Copies {@code source} to memory of the client, any number of bytes. */
    DmaStatus write(long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes);
}
