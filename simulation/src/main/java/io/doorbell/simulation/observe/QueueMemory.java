package io.doorbell.simulation.observe;

import io.doorbell.spec.PhysicalRegionPages;

import java.util.Arrays;

/**
 * Where a queue lies: 4 KiB pages in the order of its slots, and how many of its bytes are slots.
 */
final class QueueMemory {
    private static final long PAGE_BYTES = DataMap.PAGE_BYTES;

    private final long[] pages;
    private final long sizeBytes;

    private QueueMemory(long[] pages, long sizeBytes) {
        this.pages = pages;
        this.sizeBytes = sizeBytes;
    }

    /** Pages in the order of the slots. */
    long[] pages() {
        return pages;
    }

    /** Bytes that are slots. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** A queue that begins at an address and has no gap. */
    static QueueMemory contiguous(long base, long sizeBytes) {
        long[] pages = new long[(int) ((sizeBytes + PAGE_BYTES - 1) / PAGE_BYTES)];
        Arrays.setAll(pages, page -> (base >>> DataMap.PAGE_LOG2) + page);
        return new QueueMemory(pages, sizeBytes);
    }

    /** A queue whose pages a PRP list names; what cannot be read of the list is left out. */
    static QueueMemory scattered(WorldMemory memory, long list, long sizeBytes, int hostPageBytes) {
        int parts = (int) (hostPageBytes / PAGE_BYTES);
        int count = (int) ((sizeBytes + hostPageBytes - 1) / hostPageBytes);
        long[] pages = new long[count * parts];
        int slots = PhysicalRegionPages.entriesPerListPage(hostPageBytes);
        long at = list;
        for (int page = 0, slot = 0; page < count; page++, slot++) {
            if (slot == slots - 1 && count - page > 1) {
                at = read(memory, at + (long) slot * Long.BYTES);
                slot = 0;
            }
            long address = read(memory, at + (long) slot * Long.BYTES);
            for (int part = 0; part < parts; part++) {
                pages[page * parts + part] = (address >>> DataMap.PAGE_LOG2) + part;
            }
        }
        return new QueueMemory(pages, sizeBytes);
    }

    private static long read(WorldMemory memory, long address) {
        boolean readable = address >= 0 && address <= memory.sizeBytes() - Long.BYTES;
        return readable ? memory.getLong(address) : 0;
    }
}
