package io.doorbell.reactor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The pending timers of one reactor, soonest first, equal deadlines in the order of starting.
 *
 * <p>A binary heap whose timers know their place, so that a cancelled timer leaves at once: a
 * million starts and cancels keep nothing alive. Not a wheel: this must order to the nanosecond,
 * and a timer that is due later than all others, the usual case, is added in constant time anyway.
 */
final class TimerQueue {
    static final int NOT_QUEUED = -1;

    /** From {@link #nanosToNext}: there is no timer. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int INITIAL_CAPACITY = 64;

    private @Nullable Timer[] heap = new @Nullable Timer[INITIAL_CAPACITY];
    private int count;
    private long nextSequence;

    void add(Timer timer) {
        if (count == heap.length) {
            heap = Arrays.copyOf(heap, Math.multiplyExact(count, 2));
        }
        timer.sequence = nextSequence++;
        siftUp(count++, timer);
    }

    void remove(Timer timer) {
        int index = timer.queueIndex;
        if (index == NOT_QUEUED) {
            return;
        }
        timer.queueIndex = NOT_QUEUED;
        Timer last = heap[--count];
        heap[count] = null;
        if (last != null && last != timer) {
            siftDown(index, last);
            if (last.queueIndex == index) {
                siftUp(index, last);
            }
        }
    }

    /** Takes the first timer if its deadline is not after {@code nowNanos}. */
    @Nullable Timer pollDue(long nowNanos) {
        Timer first = heap[0];
        if (first == null || first.deadlineNanos - nowNanos > 0) {
            return null;
        }
        remove(first);
        return first;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Time to the first deadline, zero or less if it has come, {@link #NEVER} if there is none. */
    long nanosToNext(long nowNanos) {
        Timer first = heap[0];
        return first == null ? NEVER : first.deadlineNanos - nowNanos;
    }

    /** Empties the queue, handing over the timers in the order in which they would have fired. */
    void drainTo(Consumer<Timer> receiver) {
        Timer first = heap[0];
        while (first != null) {
            remove(first);
            receiver.accept(first);
            first = heap[0];
        }
    }

    private void siftUp(int from, Timer timer) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            Timer other = heap[parent];
            if (other == null || !isBefore(timer, other)) {
                break;
            }
            place(index, other);
            index = parent;
        }
        place(index, timer);
    }

    private void siftDown(int from, Timer timer) {
        int index = from;
        while (true) {
            int child = firstChild(index);
            Timer other = child < count ? heap[child] : null;
            if (other == null || !isBefore(other, timer)) {
                break;
            }
            place(index, other);
            index = child;
        }
        place(index, timer);
    }

    /** The child that fires first; beyond {@code count} if there are none. */
    private int firstChild(int index) {
        int left = 2 * index + 1;
        int right = left + 1;
        if (right >= count) {
            return left;
        }
        Timer a = heap[left];
        Timer b = heap[right];
        return a != null && b != null && isBefore(b, a) ? right : left;
    }

    private void place(int index, Timer timer) {
        heap[index] = timer;
        timer.queueIndex = index;
    }

    /** By difference: the clock's origin is arbitrary and its values may wrap. */
    private static boolean isBefore(Timer a, Timer b) {
        long difference = a.deadlineNanos - b.deadlineNanos;
        return difference < 0 || (difference == 0 && a.sequence - b.sequence < 0);
    }
}
