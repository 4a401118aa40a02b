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

    /** The host's memory is looked at first: half a block cannot be taken back. */
    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        return data.check(false).isOk() ? move(startByte, data, true) : Status.DATA_TRANSFER_ERROR;
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
    public int load(long startByte, MemorySegment target, long sizeBytes) {
        for (long done = 0; done < sizeBytes; ) {
            long offset = startByte + done;
            long piece = BlockLatches.piece(offset, sizeBytes - done);
            latches.acquire(offset);
            try {
                MemorySegment.copy(bytes, offset, target, done, piece);
            } finally {
                latches.release(offset);
            }
            done += piece;
        }
        return Status.SUCCESS;
    }

    @Override
    public int save(long startByte, MemorySegment source, long sizeBytes, boolean durable) {
        for (long done = 0; done < sizeBytes; ) {
            long offset = startByte + done;
            long piece = BlockLatches.piece(offset, sizeBytes - done);
            latches.acquire(offset);
            try {
                MemorySegment.copy(source, done, bytes, offset, piece);
            } finally {
                latches.release(offset);
            }
            done += piece;
        }
        return Status.SUCCESS;
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long sizeBytes,
            boolean durable) {
        latches.acquire(startByte);
        try {
            MemorySegment block = bytes.asSlice(startByte, sizeBytes);
            if (block.mismatch(expected.asSlice(0, sizeBytes)) >= 0) {
                return Status.COMPARE_FAILURE;
            }
            block.copyFrom(source.asSlice(0, sizeBytes));
            return Status.SUCCESS;
        } finally {
            latches.release(startByte);
        }
    }

    @Override
    public int verify(long startByte, long sizeBytes) {
        return Status.SUCCESS;
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
