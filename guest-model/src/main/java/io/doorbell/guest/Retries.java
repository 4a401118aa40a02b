package io.doorbell.guest;

import io.doorbell.spec.Status;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The I/O of a queue that waits to be sent again, by Linux's rule: any error may be retried that
 * does not forbid it, a few times.
 */
final class Retries {
    private final int max;
    private @Nullable ArrayDeque<IoWork> waiting; // most queues never have any
    private int delayed; // those whose time has not come

    Retries(int max) {
        this.max = max;
    }

    /** Whether an I/O that ended so may be sent again; counts it if so. */
    boolean take(IoWork work, int status) {
        if (Status.isDoNotRetry(status) || work.retries() >= max) {
            return false;
        }
        work.retries(work.retries() + 1);
        return true;
    }

    /** To be sent again as soon as there is room. */
    void add(IoWork work) {
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.addLast(work);
    }

    /** One more I/O is to be {@link #add added} later. */
    void delay() {
        delayed++;
    }

    /** The time of a delayed one has come. */
    void addDelayed(IoWork work) {
        delayed--;
        add(work);
    }

    boolean isEmpty() {
        return waiting == null || waiting.isEmpty();
    }

    /** Whether none waits, and none will. */
    boolean isIdle() {
        return isEmpty() && delayed == 0;
    }

    /** The next one to send; null if there is none. */
    @Nullable IoWork poll() {
        return waiting == null ? null : waiting.pollFirst();
    }
}
