package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.doorbell.reactor.Reactors.Settings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import scala.concurrent.ExecutionContext;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A reactor that looks at a source besides its tasks. */
@Timeout(60)
class EventSourceTest {
    private final AtomicReference<Throwable> reported = new AtomicReference<>();
    private final Reactor reactor =
            new Reactor(new Settings(1, 256, 0), SystemClock.INSTANCE, this::daemon);
    private final ReactorExecutor executor = new ReactorExecutor(reactor);

    private Thread daemon(Reactor run) {
        Thread thread = new Thread(run, "tested-reactor");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((_, failure) -> reported.set(failure));
        return thread;
    }

    @AfterEach
    void end() throws InterruptedException {
        reactor.close();
        executor.shutdown();
        reactor.thread().join(SECONDS.toMillis(10));
        assertThat(reactor.thread().isAlive()).isFalse();
    }

    /** Runs what is put in, on the thread that takes it. */
    private static final class Source implements EventSource {
        /** A wake-up is an event without anything to run. */
        private record Event(@Nullable Runnable run) {}

        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicBoolean ended = new AtomicBoolean();
        private @Nullable Event waitedFor;

        @Override
        public boolean take() {
            Event event = waitedFor == null ? events.poll() : waitedFor;
            waitedFor = null;
            if (event == null || event.run == null) {
                return true;
            }
            event.run.run();
            return !ended.get();
        }

        @Override
        public boolean await(long nanos) {
            try {
                waitedFor = events.poll(nanos, NANOSECONDS);
                return waitedFor != null && waitedFor.run != null;
            } catch (InterruptedException interrupted) {
                return false;
            }
        }

        @Override
        public void wake() {
            events.add(new Event(null));
        }

        void put(Runnable run) {
            events.add(new Event(run));
        }

        @Override
        public void released() {
            released.countDown();
        }
    }

    @Test
    void whatArrives_isTakenOnTheReactor_andWhatItCausesRunsThere() throws Exception {
        Source source = new Source();
        reactor.attach(source);
        CompletableFuture<Thread> causedOn = new CompletableFuture<>();

        source.put(() -> executor.execute(() -> causedOn.complete(Thread.currentThread())));

        assertThat(causedOn.get(10, SECONDS)).isSameAs(reactor.thread());
    }

    /** Each round finds the reactor waiting in its source, about to wait, or just woken. */
    @Test
    void taskFromOutside_wakesItOutOfItsSource() throws Exception {
        reactor.attach(new Source());
        for (int round = 0; round < 20_000; round++) {
            CountDownLatch ran = new CountDownLatch(1);
            executor.execute(ran::countDown);
            assertThat(ran.await(10, SECONDS)).isTrue();
        }
    }

    @Test
    void timer_endsTheWait() throws Exception {
        reactor.attach(new Source());
        CountDownLatch fired = new CountDownLatch(1);

        boolean started =
                reactor.tryStart(
                        new Timer(
                                reactor,
                                SystemClock.INSTANCE.getAsLong() + 1_000_000,
                                Timer.Repeat.NEVER,
                                0,
                                fired::countDown,
                                ExecutionContext.fromExecutor(executor)));

        assertThat(started).isTrue();
        assertThat(fired.await(10, SECONDS)).isTrue();
    }

    @Test
    void busyReactor_stillTakes() throws Exception {
        Source source = new Source();
        reactor.attach(source);
        AtomicBoolean stop = new AtomicBoolean();
        executor.execute(againUntil(stop));
        CountDownLatch taken = new CountDownLatch(1);

        source.put(taken::countDown);

        assertThat(taken.await(10, SECONDS)).isTrue();
        stop.set(true);
    }

    private Runnable againUntil(AtomicBoolean stop) {
        return () -> {
            if (!stop.get()) {
                executor.execute(againUntil(stop));
            }
        };
    }

    @Test
    void atItsEnd_itIsReleased_andTheReactorGoesOn() throws Exception {
        Source source = new Source();
        reactor.attach(source);

        source.put(() -> source.ended.set(true));

        assertThat(source.released.await(10, SECONDS)).isTrue();
        CountDownLatch ran = new CountDownLatch(1);
        executor.execute(ran::countDown);
        assertThat(ran.await(10, SECONDS)).isTrue();
    }

    @Test
    void sourceThatFails_isReleasedAndReported() throws Exception {
        Source source = new Source();
        reactor.attach(source);

        source.put(
                () -> {
                    throw new IllegalStateException("on purpose");
                });

        assertThat(source.released.await(10, SECONDS)).isTrue();
        CountDownLatch ran = new CountDownLatch(1);
        executor.execute(ran::countDown);
        assertThat(ran.await(10, SECONDS)).isTrue();
        assertThat(reported.get()).hasMessage("on purpose");
    }

    @Test
    void secondSource_isReleasedAtOnce() throws Exception {
        Source first = new Source();
        Source second = new Source();
        reactor.attach(first);
        reactor.attach(second);

        assertThat(second.released.await(10, SECONDS)).isTrue();
        assertThat(first.released.getCount()).isOne();
    }

    @Test
    void reactorThatEnds_releasesItsSource() throws Exception {
        Source source = new Source();
        reactor.attach(source);
        reactor.close();
        executor.shutdown();
        assertThat(source.released.await(10, SECONDS)).isTrue();
    }
}
