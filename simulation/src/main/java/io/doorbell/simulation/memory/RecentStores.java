package io.doorbell.simulation.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.doorbell.simulation.choice.Site;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * What lay in memory before the last stores of the other side. A processor that loads out of order
 * may still get it, until it fences or acquires, and for each place until it has got the new.
 */
final class RecentStores {
    private static final int KEPT = 64;
    private static final int LONG_KEPT = 8;

    private final long[] addresses = new long[KEPT]; // of qwords
    private final long[] olderValues = new long[KEPT];
    private int count;
    private int next;
    private final ArrayDeque<Overwritten> overwritten = new ArrayDeque<>();

    /** What lay in a range before a long store. */
    private static final class Overwritten {
        private final long address;
        private final byte[] content;

        Overwritten(long address, byte[] content) {
            this.address = address;
            this.content = content;
        }
    }

    /** A range is about to change. */
    void note(long address, byte[] olderContent) {
        overwritten.addLast(new Overwritten(address, olderContent));
        if (overwritten.size() > LONG_KEPT) {
            overwritten.removeFirst();
        }
    }

    /** Puts what was there before into what a long load has got, if the processor was early. */
    void choose(long address, MemorySegment got, Site site, double probability) {
        for (Iterator<Overwritten> each = overwritten.descendingIterator(); each.hasNext(); ) {
            Overwritten range = each.next();
            long start = Math.max(address, range.address);
            long end = Math.min(address + got.byteSize(), range.address + range.content.length);
            if (start < end) {
                if (site.strikes(probability)) {
                    MemorySegment.copy(
                            range.content,
                            (int) (start - range.address),
                            got,
                            JAVA_BYTE,
                            start - address,
                            (int) (end - start));
                } else {
                    each.remove();
                }
            }
        }
    }

    /** A qword is about to change. */
    void note(long address, long olderValue) {
        addresses[next] = address;
        olderValues[next] = olderValue;
        next = (next + 1) % KEPT;
        count = Math.min(KEPT, count + 1);
    }

    /** Everything stored so far is seen from now on. */
    void forget() {
        count = 0;
        next = 0;
        overwritten.clear();
    }

    boolean isEmpty() {
        return count == 0 && overwritten.isEmpty();
    }

    /** What a load of the qword gets: what is there, or what was there before. */
    long choose(long address, long value, Site site, double probability) {
        for (int i = 0; i < count; i++) {
            if (addresses[i] == address) {
                if (site.strikes(probability)) {
                    return olderValues[i];
                }
                addresses[i] = -1; // the new value was got: never the old one again
            }
        }
        return value;
    }
}
