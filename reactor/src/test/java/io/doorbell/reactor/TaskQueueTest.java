package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

class TaskQueueTest {
    private final TaskQueue queue = new TaskQueue(2);

    @Test
    void tasksAdded_comeBackFromBothEnds() {
        Runnable first = task();
        Runnable second = task();
        Runnable third = task();
        queue.addNewest(first);
        queue.addNewest(second);
        queue.addNewest(third);
        assertThat(queue.pollOldest()).isSameAs(first);
        assertThat(queue.pollNewest()).isSameAs(third);
        assertThat(queue.pollOldest()).isSameAs(second);
        assertThat(queue.pollOldest()).isNull();
        assertThat(queue.pollNewest()).isNull();
    }

    @Test
    void randomUse_isThatOfADeque() {
        long seed = Long.getLong("seed", System.identityHashCode(this));
        SplittableRandom random = new SplittableRandom(seed);
        Deque<Runnable> model = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            switch (random.nextInt(4)) {
                case 0 ->
                        assertThat(queue.pollOldest())
                                .as("seed %d", seed)
                                .isSameAs(model.pollLast());
                case 1 ->
                        assertThat(queue.pollNewest())
                                .as("seed %d", seed)
                                .isSameAs(model.pollFirst());
                default -> {
                    Runnable task = task();
                    queue.addNewest(task);
                    model.addFirst(task);
                }
            }
        }
    }

    @Test
    void capacityNoPowerOfTwo_isRefused() {
        assertThatThrownBy(() -> new TaskQueue(3)).hasMessageContaining("3 tasks");
    }

    private static Runnable task() {
        return new Runnable() { // a lambda that captures nothing would be one object
            @Override
            public void run() {}
        };
    }
}
