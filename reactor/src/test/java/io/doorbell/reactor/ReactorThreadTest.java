package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.doorbell.reactor.Reactors.Settings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A reactor on a thread of its own, used from others. */
@Timeout(60)
class ReactorThreadTest {
    private final Reactor reactor =
            new Reactor(new Settings(1, 256, 0), SystemClock.INSTANCE, ReactorThreadTest::daemon);
    private final ReactorExecutor executor = new ReactorExecutor(reactor);

    private static Thread daemon(Reactor reactor) {
        Thread thread = new Thread(reactor, "tested-reactor");
        thread.setDaemon(true);
        return thread;
    }

    @AfterEach
    void end() throws InterruptedException {
        reactor.close();
        executor.shutdown();
        reactor.thread().join(SECONDS.toMillis(10));
        assertThat(reactor.thread().isAlive()).isFalse();
    }

    /** Each round trip finds the reactor parked, about to park, or just woken. */
    @Test
    void taskFromOutside_wakesTheReactorEveryTime() throws InterruptedException {
        SynchronousQueue<Integer> answers = new SynchronousQueue<>();
        for (int i = 0; i < 20_000; i++) {
            int round = i;
            executor.execute(() -> put(answers, round));
            assertThat(answers.poll(10, SECONDS)).isEqualTo(round);
        }
    }

    private static void put(SynchronousQueue<Integer> answers, int value) {
        try {
            answers.put(value);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a reactor here", e);
        }
    }

    @Test
    void manyProducers_loseNoTaskAndKeepTheirOrder() throws InterruptedException {
        int producerCount = 4;
        int taskCount = 50_000;
        CountDownLatch ran = new CountDownLatch(producerCount * taskCount);
        AtomicLong outOfOrder = new AtomicLong();
        for (int producer = 0; producer < producerCount; producer++) {
            Thread.ofPlatform().start(() -> produce(taskCount, ran, outOfOrder));
        }
        assertThat(ran.await(30, SECONDS)).isTrue();
        assertThat(outOfOrder).hasValue(0);
    }

    private void produce(int taskCount, CountDownLatch ran, AtomicLong outOfOrder) {
        int[] next = new int[1]; // only the reactor uses it
        for (int i = 0; i < taskCount; i++) {
            int number = i;
            executor.execute(
                    () -> {
                        if (next[0]++ != number) {
                            outOfOrder.incrementAndGet();
                        }
                        ran.countDown();
                    });
        }
    }

    @Test
    void floodFromOutside_leavesOwnWorkItsTurn() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1_001);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        executor.execute(() -> await(gate));
        executor.execute(() -> executor.execute(() -> order.add("own")));
        for (int i = 0; i < 1_000; i++) {
            executor.execute(
                    () -> {
                        order.add("outside");
                        done.countDown();
                    });
        }
        executor.execute(done::countDown);
        gate.countDown();
        assertThat(done.await(10, SECONDS)).isTrue();
        assertThat(order.indexOf("own")).isBetween(1, 20);
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a reactor here", e);
        }
    }

    @Test
    void interruptLeftByATask_doesNotKeepTheReactorAwake() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        executor.execute(() -> Thread.currentThread().interrupt());
        executor.execute(ran::countDown);
        assertThat(ran.await(10, SECONDS)).isTrue();
        while (reactor.thread().getState() != Thread.State.WAITING) {
            Thread.onSpinWait(); // ends by @Timeout if it never parks
        }
        assertThat(reactor.thread().isInterrupted()).isFalse();
    }

    @Test
    void shutdown_runsWhatWasGivenBefore() throws InterruptedException {
        AtomicLong ran = new AtomicLong();
        for (int i = 0; i < 10_000; i++) {
            executor.execute(
                    () -> executor.execute(ran::incrementAndGet)); // a task of a task counts too
        }
        CountDownLatch accepted = new CountDownLatch(1);
        executor.execute(accepted::countDown);
        assertThat(accepted.await(10, SECONDS)).isTrue();
        reactor.close();
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.awaitTermination(10, SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(ran).hasValue(10_000);
    }

    @Test
    void executeAfterShutdown_isRejectedWithAReason() throws InterruptedException {
        executor.execute(() -> {});
        reactor.close();
        executor.shutdown();
        reactor.thread().join(SECONDS.toMillis(10));
        assertThatThrownBy(() -> executor.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("shut down");
        ReactorExecutor late = new ReactorExecutor(reactor);
        assertThatThrownBy(() -> late.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("tested-reactor has ended");
        late.shutdown();
        assertThat(late.isTerminated()).isTrue();
    }

    @Test
    void reactorNeverUsed_startsNoThread() {
        reactor.close();
        executor.shutdown();
        assertThat(reactor.thread().getState()).isEqualTo(Thread.State.NEW);
        assertThat(executor.isTerminated()).isTrue();
    }
}
