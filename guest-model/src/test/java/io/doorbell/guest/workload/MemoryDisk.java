package io.doorbell.guest.workload;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A disk that does what it is told; a test overrides one method to make it do wrong. */
class MemoryDisk {
    private final MemorySegment blocks;
    private final int blockBytes;

    MemoryDisk(NamespaceGeometry geometry) {
        this.blocks = Arena.ofAuto().allocate(geometry.sizeBytes(), 8);
        this.blockBytes = geometry.blockBytes();
    }

    /** Carries the request out. Returns its status. */
    final int execute(IoRequest request, MemorySegment data) {
        return switch (request.operation()) {
            case READ -> read(request.startLba(), request.blockCount(), data);
            case WRITE -> write(request.startLba(), request.blockCount(), data);
            case WRITE_ZEROES, DEALLOCATE -> zero(request.startLba(), request.blockCount());
            case FLUSH -> 0;
        };
    }

    int read(long lba, long count, MemorySegment into) {
        into.copyFrom(at(lba, count));
        return 0;
    }

    int write(long lba, long count, MemorySegment from) {
        at(lba, count).copyFrom(from.asSlice(0, count * blockBytes));
        return 0;
    }

    int zero(long lba, long count) {
        at(lba, count).fill((byte) 0);
        return 0;
    }

    final MemorySegment at(long lba, long count) {
        return blocks.asSlice(lba * blockBytes, count * blockBytes);
    }
}
