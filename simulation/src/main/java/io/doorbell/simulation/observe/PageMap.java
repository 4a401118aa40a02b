package io.doorbell.simulation.observe;

import java.util.Arrays;

/** A hash table from numbers such as page numbers to values, neither negative, without boxes. */
public final class PageMap {
    /** In place of a value: there is none. */
    public static final long NONE = -1;

    private static final int CAPACITY_MIN = 64;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private long[] keys = new long[CAPACITY_MIN]; // page + 1; 0 is free
    private long[] values = new long[CAPACITY_MIN];
    private int size;

    /** The value of a page, or {@link #NONE}. */
    public long get(long page) {
        int mask = keys.length - 1;
        for (int at = home(page + 1, mask); keys[at] != 0; at = (at + 1) & mask) {
            if (keys[at] == page + 1) {
                return values[at];
            }
        }
        return NONE;
    }

    /** Adds or replaces. */
    public void put(long page, long value) {
        if (2 * size >= keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int at = home(page + 1, mask);
        while (keys[at] != 0 && keys[at] != page + 1) {
            at = (at + 1) & mask;
        }
        size += keys[at] == 0 ? 1 : 0;
        keys[at] = page + 1;
        values[at] = value;
    }

    /** Removes, if it is there. */
    public void remove(long page) {
        int mask = keys.length - 1;
        int at = home(page + 1, mask);
        while (keys[at] != page + 1) {
            if (keys[at] == 0) {
                return;
            }
            at = (at + 1) & mask;
        }
        size--;
        closeGap(at, mask);
    }

    /** Removes all. */
    public void clear() {
        Arrays.fill(keys, 0);
        size = 0;
    }

    /** Moves later keys of the run back, so that no search ends before them. */
    private void closeGap(int removedAt, int mask) {
        int gap = removedAt;
        for (int at = (gap + 1) & mask; keys[at] != 0; at = (at + 1) & mask) {
            if (((at - home(keys[at], mask)) & mask) >= ((at - gap) & mask)) {
                keys[gap] = keys[at];
                values[gap] = values[at];
                gap = at;
            }
        }
        keys[gap] = 0;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new long[2 * oldKeys.length];
        size = 0;
        for (int at = 0; at < oldKeys.length; at++) {
            if (oldKeys[at] != 0) {
                put(oldKeys[at] - 1, oldValues[at]);
            }
        }
    }

    private static int home(long key, int mask) {
        return (int) ((key * MIX) >>> 32) & mask;
    }
}
