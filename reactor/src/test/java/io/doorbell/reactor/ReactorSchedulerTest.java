package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import scala.concurrent.ExecutionContext;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Timers through Pekko's ordinary API. */
@Timeout(60)
class ReactorSchedulerTest {
    private static final Duration SHORT = Duration.ofNanos(100_000);
    private static final Duration LONG = Duration.ofDays(1);
    private static final ExecutionContext INLINE = ExecutionContext.parasitic$.MODULE$;

    private final RunningSystem running = RunningSystem.start("timed", new Settings(2, 256, 0));
    private final Scheduler scheduler = running.system().classicSystem().scheduler();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        running.terminate();
    }

    private String next() throws InterruptedException {
        String next = seen.poll(10, SECONDS);
        return next == null ? "nothing" : next;
    }

    private void noteThread() {
        seen.add(Thread.currentThread().getName());
    }

    @Test
    void timersOfAnActor_fireInOrderOnItsReactor() throws Exception {
        running.spawn(
                Behaviors.<String>withTimers(
                        timers ->
                                Behaviors.setup(
                                        context -> {
                                            context.scheduleOnce(SHORT, context.getSelf(), "first");
                                            timers.startSingleTimer("second", SHORT);
                                            return Behaviors.receiveMessage(
                                                    message -> {
                                                        seen.add(message);
                                                        noteThread();
                                                        return Behaviors.same();
                                                    });
                                        })),
                Reactors.selector(1));
        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("timed-reactor-1");
        assertThat(next()).isEqualTo("second");
        assertThat(next()).isEqualTo("timed-reactor-1");
    }

    @Test
    void timerStartedOnAReactor_runsThereInline() throws Exception {
        running.spawn(
                Behaviors.<Void>setup(
                        _ -> {
                            scheduler.scheduleOnce(SHORT, this::noteThread, INLINE);
                            scheduler.scheduleOnce(Duration.ZERO, this::noteThread, INLINE);
                            return Behaviors.empty();
                        }),
                Reactors.selector(1));
        assertThat(next()).isEqualTo("timed-reactor-1");
        assertThat(next()).isEqualTo("timed-reactor-1");
    }

    @Test
    void timerStartedElsewhere_runsWhereItsDispatcherIs() throws Exception {
        ExecutionContext one = running.system().dispatchers().lookup(Reactors.selector(1));
        scheduler.scheduleOnce(SHORT, this::noteThread, one);
        assertThat(next()).isEqualTo("timed-reactor-1");
        scheduler.scheduleOnce(SHORT, this::noteThread, INLINE);
        assertThat(next()).isEqualTo("timed-reactor-0");
    }

    @Test
    void periodicTimersOfAnActor_repeatUntilCancelled() throws Exception {
        running.spawn(
                Behaviors.<String>withTimers(
                        timers -> {
                            timers.startTimerAtFixedRate("rate", SHORT);
                            timers.startTimerWithFixedDelay("delay", SHORT);
                            return Behaviors.receiveMessage(
                                    message -> {
                                        seen.add(message);
                                        if (seen.size() == 100) {
                                            timers.cancelAll();
                                        }
                                        return Behaviors.same();
                                    });
                        }),
                Reactors.selector(1));
        int rate = 0;
        for (int i = 0; i < 20; i++) {
            rate += next().equals("rate") ? 1 : 0;
        }
        assertThat(rate).isBetween(1, 19);
    }

    /** Pekko's message timers end with their receiver, by an exception of the scheduler's own. */
    @Test
    void periodicTimerOfAStoppedActor_ends() throws Exception {
        ActorRef<String> stopping =
                running.spawn(
                        Behaviors.receiveMessage(_ -> Behaviors.stopped()), Reactors.selector(0));
        Cancellable timer =
                scheduler.scheduleAtFixedRate(
                        Duration.ZERO,
                        SHORT,
                        Adapter.toClassic(stopping),
                        "stop",
                        INLINE,
                        org.apache.pekko.actor.ActorRef.noSender());
        while (((Timer) timer).isPending()) {
            Thread.onSpinWait(); // ends by @Timeout if the timer does not
        }
        assertThat(timer.isCancelled()).isFalse();
        assertThat(timer.cancel()).isFalse();
    }

    @Test
    void timersStartedAndCancelledFromOutside_leaveNothing() throws Exception {
        Reactor home = running.reactors().reactor(0);
        for (int i = 0; i < 100_000; i++) {
            Cancellable timer = scheduler.scheduleOnce(LONG, this::noteThread, INLINE);
            assertThat(timer.cancel()).isTrue();
        }
        CompletableFuture<Integer> count = new CompletableFuture<>();
        home.execute(() -> count.complete(home.timerCount()));
        assertThat(count.get(10, SECONDS)).isLessThan(10); // Pekko may have some of its own
    }

    private record LastWord(CountDownLatch said) implements Scheduler.TaskRunOnClose {
        @Override
        public void run() {
            said.countDown();
        }
    }

    @Test
    void terminate_runsWhatMustRunAndDropsTheRest() throws Exception {
        CountDownLatch said = new CountDownLatch(2);
        scheduler.scheduleOnce(LONG, new LastWord(said), INLINE);
        scheduler.scheduleOnce(LONG, this::noteThread, INLINE);
        running.spawn(
                Behaviors.<Void>setup(
                        _ -> {
                            scheduler.scheduleOnce(LONG, new LastWord(said), INLINE);
                            return Behaviors.empty();
                        }),
                Reactors.selector(1));
        running.terminate();
        assertThat(said.await(10, SECONDS)).isTrue();
        assertThat(seen).isEmpty();
    }

    @Test
    void timerAfterTermination_isRefusedWithTheReason() throws Exception {
        running.terminate();
        assertThatThrownBy(() -> scheduler.scheduleOnce(SHORT, this::noteThread, INLINE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("scheduler is closed");
    }

    @Test
    void periodOfZero_isRefused() {
        assertThatThrownBy(
                        () ->
                                scheduler.scheduleAtFixedRate(
                                        SHORT, Duration.ZERO, this::noteThread, INLINE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 ns");
    }
}
