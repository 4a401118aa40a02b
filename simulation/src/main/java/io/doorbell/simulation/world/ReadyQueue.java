package io.doorbell.simulation.world;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** Tasks that can run now, in the order in which they became ready. */
final class ReadyQueue {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    void add(Runnable task) {
        tasks.addLast(task);
    }

    @Nullable Runnable poll() {
        return tasks.pollFirst();
    }
}
