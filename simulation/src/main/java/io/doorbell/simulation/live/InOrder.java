package io.doorbell.simulation.live;

import io.doorbell.simulation.fault.Later;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * What arrives in the order in which it left, at once unless something before it is late.
 *
 * <p>Threads: any.
 */
final class InOrder {
    private record Waiting(long dueNanos, Runnable arrival) {}

    private final Later later;
    private final LongSupplier nanoTime;
    private final Deque<Waiting> waiting = new ArrayDeque<>(); // guarded by this

    InOrder(Later later, LongSupplier nanoTime) {
        this.later = later;
        this.nanoTime = nanoTime;
    }

    /** Arrives that much later than it would, and behind all that left before it. */
    synchronized void send(long extraNanos, Runnable arrival) {
        if (waiting.isEmpty() && extraNanos == 0) {
            arrival.run();
            return;
        }
        waiting.addLast(new Waiting(nanoTime.getAsLong() + extraNanos, arrival));
        if (waiting.size() == 1) {
            later.after(extraNanos, this::goOn);
        }
    }

    /** The first that waits is due, and with it those that wait for nothing else. */
    private synchronized void goOn() {
        while (!waiting.isEmpty()) {
            long left = waiting.getFirst().dueNanos() - nanoTime.getAsLong();
            if (left > 0) {
                later.after(left, this::goOn);
                return;
            }
            waiting.removeFirst().arrival().run();
        }
    }
}
