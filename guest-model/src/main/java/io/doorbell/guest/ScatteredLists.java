package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * PRP lists that begin in the middle of a page, two pages for each tag, the second below the first.
 * By tag, a list begins its page, or ends just where its page ends, or has but one entry there
 * before it goes on in the other page (Base §4.1.1):
 *
 * <pre>
 *  |e e e . . . . .|    |. . . . . e e e|    |. . . . . . e -+-> |e e . . . . . .|
 * </pre>
 */
final class ScatteredLists {
    private static final int PAGE = PageAllocator.PAGE_BYTES;
    private static final int SLOTS = PAGE / Long.BYTES;
    private static final int SHAPES = 3;
    private static final ValueLayout.OfLong ENTRY =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Guest memory of each tag. */
    static final long BYTES_EACH = 2L * PAGE;

    private final GuestMemory memory;
    private final long start;
    private final MemorySegment slot = Arena.ofAuto().allocate(Long.BYTES, Long.BYTES);

    /**
     * @param start where the lists of all tags lie
     */
    ScatteredLists(GuestMemory memory, long start) {
        this.memory = memory;
        this.start = start;
    }

    /** Pages of a transfer by their place in it. */
    interface Pages {
        long address(int page);
    }

    /**
     * Writes the list of a transfer, from its second page on.
     *
     * @param entries 2 to {@link #SLOTS}
     * @return where it begins: PRP2
     */
    long write(int tag, int entries, Pages pages) {
        long second = start + tag * BYTES_EACH;
        long first = second + PAGE;
        int begin =
                switch (tag % SHAPES) {
                    case 0 -> 0;
                    case 1 -> SLOTS - entries;
                    default -> SLOTS - 2;
                };
        boolean chained = entries > SLOTS - begin;
        int here = chained ? SLOTS - begin - 1 : entries;
        for (int i = 0; i < entries; i++) {
            long place = i < here ? first + slotBytes(begin + i) : second + slotBytes(i - here);
            store(place, pages.address(i + 1));
        }
        if (chained) {
            store(first + slotBytes(SLOTS - 1), second);
        }
        return first + slotBytes(begin);
    }

    private static long slotBytes(int slots) {
        return (long) slots * Long.BYTES;
    }

    private void store(long address, long value) {
        slot.set(ENTRY, 0, value);
        memory.write(address, slot, 0, Long.BYTES);
    }
}
