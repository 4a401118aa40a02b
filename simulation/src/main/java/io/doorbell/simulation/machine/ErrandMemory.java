package io.doorbell.simulation.machine;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.guest.PageAllocator;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Guest memory of one errand. Its pages lie in descending order, so that no device gets away with
 * taking them for contiguous.
 */
final class ErrandMemory {
    /** Two transfers of the largest size and their lists. */
    static final int PAGES = 72;

    static final int PAGE = PageAllocator.PAGE_BYTES;
    private static final ValueLayout.OfLong ENTRY =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final GuestMemory memory;
    private final long start;

    ErrandMemory(GuestMemory memory, long start) {
        this.memory = memory;
        this.start = start;
    }

    /** Address of a page, from 0. */
    long page(int index) {
        return start + (long) (PAGES - 1 - index) * PAGE;
    }

    /** Stores bytes that differ by seed and place. */
    void fill(long address, int sizeBytes, int seed) {
        write(address, pattern(sizeBytes, seed));
    }

    void write(long address, byte[] bytes) {
        memory.write(address, MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    void store(long address, long value) {
        byte[] bytes = new byte[Long.BYTES];
        MemorySegment.ofArray(bytes).set(ENTRY, 0, value);
        write(address, bytes);
    }

    byte[] load(long address, int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        memory.read(address, MemorySegment.ofArray(bytes), 0, sizeBytes);
        return bytes;
    }

    /** Whether the bytes are as {@link #fill} stored them. */
    boolean isFilled(long address, int sizeBytes, int seed) {
        return Arrays.equals(load(address, sizeBytes), pattern(sizeBytes, seed));
    }

    static byte[] pattern(int sizeBytes, int seed) {
        byte[] bytes = new byte[sizeBytes];
        for (int i = 0; i < sizeBytes; i++) {
            bytes[i] = (byte) (31 * i + 7 * (i >> 8) + 101 * seed + 1);
        }
        return bytes;
    }
}
