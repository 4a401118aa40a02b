package io.doorbell.simulation.machine;

import io.doorbell.spec.SubmissionEntry;

import java.util.Arrays;

/**
 * How the data of a command lies in memory (Base §4.1.1).
 *
 * @param sizeBytes of the data
 * @param offset of the first byte in its page, a multiple of 4
 * @param listSlots from the first entry of the PRP list to the end of its page; where that is not
 *     enough, the last slot leads on to another page
 */
record Layout(int sizeBytes, int offset, int listSlots) {
    private static final int PAGE = ErrandMemory.PAGE;
    private static final int LIST_PAGES = 2;

    /** In one piece of a page of its own. */
    static Layout plain(int sizeBytes) {
        return new Layout(sizeBytes, 0, PAGE / Long.BYTES);
    }

    /** Pages of memory that it takes. */
    int pages() {
        return LIST_PAGES + dataPages();
    }

    private int dataPages() {
        return (offset + sizeBytes + PAGE - 1) / PAGE;
    }

    /** Writes the lists, if there are any; the data begins at page {@code first} of the memory. */
    void prepare(ErrandMemory memory, int first) {
        int entries = dataPages() - 1;
        long at = list(memory, first);
        int slots = listSlots;
        for (int i = 0; entries > 1 && i < entries; i++) {
            if (slots == 1 && i < entries - 1) {
                long next = memory.page(first + 1);
                memory.store(at, next);
                at = next;
                slots = PAGE / Long.BYTES;
            }
            memory.store(at, dataPage(memory, first, i + 1));
            at += Long.BYTES;
            slots--;
        }
    }

    /** Points a command to the data. */
    void describe(SubmissionEntry entry, ErrandMemory memory, int first) {
        entry.prp1(dataPage(memory, first, 0) + offset);
        switch (dataPages()) {
            case 1 -> entry.prp2(0);
            case 2 -> entry.prp2(dataPage(memory, first, 1));
            default -> entry.prp2(list(memory, first));
        }
    }

    private long list(ErrandMemory memory, int first) {
        return memory.page(first) + PAGE - (long) listSlots * Long.BYTES;
    }

    private static long dataPage(ErrandMemory memory, int first, int index) {
        return memory.page(first + LIST_PAGES + index);
    }

    /** Stores data. */
    void fill(ErrandMemory memory, int first, byte[] data) {
        int done = 0;
        for (int i = 0; i < dataPages(); i++) {
            int begin = i == 0 ? offset : 0;
            int size = Math.min(PAGE - begin, sizeBytes - done);
            memory.write(
                    dataPage(memory, first, i) + begin,
                    Arrays.copyOfRange(data, done, done + size));
            done += size;
        }
    }

    /** What was stored. */
    byte[] data(ErrandMemory memory, int first) {
        byte[] data = new byte[sizeBytes];
        int done = 0;
        for (int i = 0; i < dataPages(); i++) {
            int begin = i == 0 ? offset : 0;
            int size = Math.min(PAGE - begin, sizeBytes - done);
            byte[] piece = memory.load(dataPage(memory, first, i) + begin, size);
            System.arraycopy(piece, 0, data, done, size);
            done += size;
        }
        return data;
    }

    /** Fills the bytes in front of the data and behind it, which nobody may touch. */
    void guard(ErrandMemory memory, int first, int seed) {
        memory.fill(dataPage(memory, first, 0), offset, seed);
        memory.fill(end(memory, first), endRoom(), seed);
    }

    /** Whether they are as they were. */
    boolean isGuarded(ErrandMemory memory, int first, int seed) {
        return memory.isFilled(dataPage(memory, first, 0), offset, seed)
                && memory.isFilled(end(memory, first), endRoom(), seed);
    }

    private long end(ErrandMemory memory, int first) {
        return dataPage(memory, first, dataPages() - 1) + PAGE - endRoom();
    }

    private int endRoom() {
        return dataPages() * PAGE - offset - sizeBytes;
    }
}
