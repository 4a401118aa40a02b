package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.reactor.Reactors.Settings;
import io.doorbell.reactor.Timer.Repeat;

import org.junit.jupiter.api.Test;

import scala.concurrent.ExecutionContext;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

class TimerQueueTest {
    private final Reactor home =
            new Reactor(new Settings(1, 1, 0), () -> 0, _ -> Thread.currentThread());
    private final TimerQueue queue = new TimerQueue();

    /**
     * Few distinct deadlines, so that ties are frequent; a third of the timers is removed again.
     */
    @Test
    void randomAddsAndRemoves_comeOutSortedAndStable() {
        long seed = Long.getLong("seed", System.identityHashCode(this));
        SplittableRandom random = new SplittableRandom(seed);
        List<Timer> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (!expected.isEmpty() && random.nextInt(4) == 0) {
                queue.remove(expected.remove(random.nextInt(expected.size())));
            } else {
                Timer timer = timer(Long.MAX_VALUE - 50 + random.nextInt(100));
                queue.add(timer);
                expected.add(timer);
            }
        }
        expected.sort(Comparator.comparingLong(timer -> timer.deadlineNanos - Long.MAX_VALUE));
        List<Timer> actual = new ArrayList<>();
        queue.drainTo(actual::add);
        assertThat(actual).as("seed %d", seed).containsExactlyElementsOf(expected);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void removedTwice_isHarmless() {
        Timer timer = timer(1);
        queue.add(timer);
        queue.remove(timer);
        queue.remove(timer);
        assertThat(queue.count()).isZero();
    }

    @Test
    void emptyQueue_waitsForEver() {
        assertThat(queue.nanosToNext(5)).isEqualTo(TimerQueue.NEVER);
        queue.add(timer(12));
        assertThat(queue.nanosToNext(5)).isEqualTo(7);
    }

    private Timer timer(long deadlineNanos) {
        return new Timer(
                home,
                deadlineNanos,
                Repeat.NEVER,
                0,
                () -> {},
                ExecutionContext.parasitic$.MODULE$);
    }
}
