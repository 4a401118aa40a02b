package io.doorbell.reactor;

import org.jspecify.annotations.Nullable;

/**
 * The tasks a reactor gave itself, open at both ends.
 *
 * <p>Not {@link java.util.ArrayDeque}: that checks for nulls and modification and doubles its
 * bounds arithmetic; here adding and taking is a masked index and an array access. It grows and
 * never shrinks: the next burst would grow it again.
 */
final class TaskQueue {
    private @Nullable Runnable[] slots;
    private int newest; // where the newest task lies, if there is one
    private int count;

    /**
     * @param capacity tasks before it grows for the first time; a power of two
     */
    TaskQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "Capacity of " + capacity + " tasks is not a power of two, use 1024");
        }
        slots = new @Nullable Runnable[capacity];
    }

    void addNewest(Runnable task) {
        if (count == slots.length) {
            grow();
        }
        newest = (newest - 1) & (slots.length - 1);
        slots[newest] = task;
        count++;
    }

    @Nullable Runnable pollNewest() {
        if (count == 0) {
            return null;
        }
        Runnable task = take(newest);
        newest = (newest + 1) & (slots.length - 1);
        return task;
    }

    @Nullable Runnable pollOldest() {
        return count == 0 ? null : take((newest + count - 1) & (slots.length - 1));
    }

    int count() {
        return count;
    }

    private @Nullable Runnable take(int index) {
        Runnable task = slots[index];
        slots[index] = null; // a task that ran must not be kept alive from here
        count--;
        return task;
    }

    private void grow() {
        @Nullable Runnable[] larger = new @Nullable Runnable[Math.multiplyExact(slots.length, 2)];
        int tailCount = slots.length - newest;
        System.arraycopy(slots, newest, larger, 0, tailCount);
        System.arraycopy(slots, 0, larger, tailCount, newest);
        slots = larger;
        newest = 0;
    }
}
