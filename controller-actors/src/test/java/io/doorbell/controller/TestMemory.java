package io.doorbell.controller;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.SparseMapping;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** The memory of a test's machine: one region, pages handed out in order, never given back. */
public final class TestMemory implements AutoCloseable {
    public static final int PAGE_BYTES = 4096;
    public static final long START = 0x10_0000;
    public static final long SIZE_BYTES = 4L << 30;

    /** An address far from all memory. */
    public static final long NOWHERE = 0x7000_0000_0000L;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes = SparseMapping.allocate(SIZE_BYTES, arena);
    private final MappedMemory memory = MappedMemory.of(new MemoryRegion(START, bytes, true));
    private long nextFree = START;

    /** Adds memory of an odd size that ends where nothing follows; returns its address. */
    public long addIsland(int sizeBytes) {
        long address = NOWHERE / 2;
        memory.add(new MemoryRegion(address, arena.allocate(sizeBytes, Long.BYTES), true));
        return address;
    }

    /** Adds a page that may only be read; returns its address. */
    public long addReadOnlyPage() {
        long address = NOWHERE - PAGE_BYTES;
        memory.add(new MemoryRegion(address, SparseMapping.allocate(PAGE_BYTES, arena), false));
        return address;
    }

    /** What the device sees. */
    public MappedMemory memory() {
        return memory;
    }

    /** Where this memory ends: the next address belongs to nobody. */
    public static long end() {
        return START + SIZE_BYTES;
    }

    /** {@code count} fresh pages in a row, all zero. */
    public long pages(int count) {
        return pages(count, PAGE_BYTES);
    }

    /** Fresh pages of another size. */
    public long pages(int count, int pageBytes) {
        long address = (nextFree + pageBytes - 1) / pageBytes * pageBytes;
        nextFree = address + (long) count * pageBytes;
        if (nextFree > end() - (1 << 20)) {
            throw new IllegalStateException("The test machine is out of memory.");
        }
        return address;
    }

    /** {@code count} pages, no two next to each other, in random order. */
    public long[] scattered(int count, long seed) {
        long start = pages(2 * count);
        long[] pages = new long[count];
        for (int i = 0; i < count; i++) {
            pages[i] = start + 2L * i * PAGE_BYTES;
        }
        Random random = new Random(seed);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long swapped = pages[i];
            pages[i] = pages[other];
            pages[other] = swapped;
        }
        return pages;
    }

    /** A stretch of memory as bytes. */
    public MemorySegment at(long address, long sizeBytes) {
        return bytes.asSlice(address - START, sizeBytes);
    }

    public byte[] bytes(long address, int sizeBytes) {
        return at(address, sizeBytes).toArray(JAVA_BYTE);
    }

    public void put(long address, byte[] content) {
        MemorySegment.copy(content, 0, at(address, content.length), JAVA_BYTE, 0, content.length);
    }

    public long getLong(long address) {
        return bytes.get(JAVA_LONG_UNALIGNED, address - START);
    }

    public int getInt(long address) {
        return bytes.get(JAVA_INT_UNALIGNED, address - START);
    }

    public void putLong(long address, long value) {
        bytes.set(JAVA_LONG_UNALIGNED, address - START, value);
    }

    @Override
    public void close() {
        arena.close();
    }
}
