package io.doorbell.controller.queue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Two threads that do the same slots at the same time, round after round, as close together as a
 * spinning barrier brings them. Between rounds one thread looks at what happened.
 */
record ThreadRace(int rounds, int slots) {
    private static final int SPINS_BEFORE_PARK = 10_000; // the other may wait for our processor
    private static final long PARK_NANOS = 1_000;
    private static final int FREE = Integer.MAX_VALUE / 2;

    void run(IntConsumer first, IntConsumer second, IntConsumer afterRound) {
        AtomicInteger arrivals = new AtomicInteger();
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(
                        () -> runOther(second, arrivals), task -> new Thread(task).start());
        try {
            for (int round = 0; round < rounds; round++) {
                meet(arrivals, 4 * round + 2);
                forEachSlot(first);
                meet(arrivals, 4 * round + 4);
                afterRound.accept(round);
            }
        } finally {
            arrivals.set(FREE); // whatever happened, nobody waits for us any more
        }
        other.join();
    }

    private void runOther(IntConsumer second, AtomicInteger arrivals) {
        try {
            for (int round = 0; round < rounds; round++) {
                meet(arrivals, 4 * round + 2);
                forEachSlot(second);
                meet(arrivals, 4 * round + 4);
            }
        } finally {
            arrivals.set(FREE);
        }
    }

    private void forEachSlot(IntConsumer action) {
        for (int slot = 0; slot < slots; slot++) {
            action.accept(slot);
        }
    }

    private static void meet(AtomicInteger arrivals, int goal) {
        arrivals.incrementAndGet();
        for (int spins = 0; arrivals.get() < goal; spins++) {
            if (spins < SPINS_BEFORE_PARK) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PARK_NANOS);
            }
        }
    }
}
