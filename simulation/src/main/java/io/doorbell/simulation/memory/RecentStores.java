package io.doorbell.simulation.memory;

import io.doorbell.simulation.choice.Site;

/**
 * What lay in memory before the last stores of the other side. A processor that loads out of order
 * may still get it, until it fences or acquires, and for each place until it has got the new.
 */
final class RecentStores {
    private static final int KEPT = 64;

    private final long[] addresses = new long[KEPT]; // of qwords
    private final long[] olderValues = new long[KEPT];
    private int count;
    private int next;

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
    }

    boolean isEmpty() {
        return count == 0;
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
