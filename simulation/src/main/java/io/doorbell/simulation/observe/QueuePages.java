package io.doorbell.simulation.observe;

/** Which queue lies on a page, for queues of one kind. */
final class QueuePages {
    private static final int OFFSET_BITS = 32;

    private final PageMap map = new PageMap();

    void add(int queueId, QueueMemory memory) {
        long[] pages = memory.pages();
        for (int page = 0; page < pages.length; page++) {
            long offset = (long) page << DataMap.PAGE_LOG2;
            map.put(pages[page], (long) queueId << OFFSET_BITS | offset);
        }
    }

    void remove(int queueId, QueueMemory memory) {
        for (long page : memory.pages()) {
            long found = map.get(page);
            if (found != PageMap.NONE && queueId(found) == queueId) {
                map.remove(page);
            }
        }
    }

    void clear() {
        map.clear();
    }

    /** The place of an address in a queue, or {@link PageMap#NONE}. */
    long find(long address) {
        long found = map.get(address >>> DataMap.PAGE_LOG2);
        return found == PageMap.NONE ? found : found + (address & (DataMap.PAGE_BYTES - 1));
    }

    static int queueId(long place) {
        return (int) (place >>> OFFSET_BITS);
    }

    static long offsetBytes(long place) {
        return place & 0xFFFF_FFFFL;
    }
}
