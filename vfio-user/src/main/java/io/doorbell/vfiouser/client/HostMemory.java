package io.doorbell.vfiouser.client;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The memory of a host, from address 0: a memory file, which a device can map. What the device asks
 * for by messages is answered from it too. It costs what is touched.
 */
final class HostMemory implements VfioUserClient.DeviceRequests, AutoCloseable {
    private static final int MESSAGE_DATA_BYTES_MAX = 1 << 20;

    private final Arena arena = Arena.ofShared();
    private final Descriptor file;
    private final long sizeBytes;
    private final GuestMemory memory;

    HostMemory(long sizeBytes) throws PosixException {
        this.sizeBytes = sizeBytes;
        file = Descriptor.memoryFile("doorbell-host", sizeBytes);
        try {
            MemorySegment mapped = file.map(sizeBytes, true, arena);
            memory = MappedMemory.of(new MemoryRegion(0, mapped, true));
        } catch (PosixException refused) {
            file.close();
            arena.close();
            throw refused;
        }
    }

    GuestMemory memory() {
        return memory;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Lets the device use all of it. */
    void offer(VfioUserClient client, MemoryAccess access)
            throws RefusedException, InterruptedException {
        Reply _ =
                client.ask(
                        new Request.DmaMap(
                                Request.DMA_READABLE | Request.DMA_WRITABLE, 0, 0, sizeBytes),
                        access == MemoryAccess.MAPPED ? List.of(file) : List.of());
    }

    @Override
    public @Nullable Reply answer(Request request) {
        return switch (request) {
            case Request.DmaRead(long address, long count) -> read(address, count);
            case Request.DmaWrite(long address, MemorySegment data) -> {
                DmaStatus status = memory.write(address, data, 0, data.byteSize());
                yield status.isOk() ? new Reply.DmaWritten(address, data.byteSize()) : null;
            }
            default -> null;
        };
    }

    private @Nullable Reply read(long address, long count) {
        if (count < 0 || count > MESSAGE_DATA_BYTES_MAX) {
            return null;
        }
        MemorySegment data = MemorySegment.ofArray(new byte[(int) count]);
        return memory.read(address, data, 0, count).isOk()
                ? new Reply.DmaData(address, data)
                : null;
    }

    /** To be called when the connection has ended. */
    @Override
    public void close() {
        file.close();
        arena.close();
    }
}
