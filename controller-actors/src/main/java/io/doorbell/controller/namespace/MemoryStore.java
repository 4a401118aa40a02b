package io.doorbell.controller.namespace;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Keeps bytes in memory; a namespace of any size costs the pages that were written. */
public final class MemoryStore implements BlockStore {
    private final Arena arena = Arena.ofShared();
    private final BlockLatches latches = new BlockLatches();
    private final MemorySegment bytes;

    /** A store of {@code sizeBytes} bytes, all zero. */
    public MemoryStore(long sizeBytes) {
        bytes = SparseMapping.allocate(sizeBytes, arena);
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        return move(startByte, data, false);
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        return move(startByte, data, true);
    }

    private int move(long startByte, DataPointer data, boolean store) {
        long length = data.lengthBytes();
        DmaStatus status = DmaStatus.OK;
        for (long done = 0; done < length && status.isOk(); ) {
            long offset = startByte + done;
            long piece = BlockLatches.piece(offset, length - done);
            latches.acquire(offset);
            try {
                status =
                        store
                                ? data.fromGuest(bytes, offset, done, piece)
                                : data.toGuest(bytes, offset, done, piece);
            } finally {
                latches.release(offset);
            }
            done += piece;
        }
        return status.isOk() ? Status.SUCCESS : Status.DATA_TRANSFER_ERROR;
    }

    @Override
    public int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable) {
        for (long done = 0; done < sizeBytes; ) {
            long offset = startByte + done;
            long piece = BlockLatches.piece(offset, sizeBytes - done);
            latches.acquire(offset);
            try {
                if (piece == BlockLatches.SPAN_BYTES) {
                    SparseMapping.discard(bytes.asSlice(offset, piece));
                } else {
                    bytes.asSlice(offset, piece).fill((byte) 0);
                }
            } finally {
                latches.release(offset);
            }
            done += piece;
        }
        return Status.SUCCESS;
    }

    @Override
    public int flush() {
        return Status.SUCCESS;
    }

    @Override
    public void close() {
        arena.close();
    }
}
