package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.reactor.Reactors.Settings;
import io.doorbell.reactor.Timer.Repeat;

import org.apache.pekko.actor.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import scala.concurrent.ExecutionContext;

import java.util.ArrayList;
import java.util.List;

/** A reactor whose thread is the test's: turn by turn, on a clock that stands still. */
class ReactorTurnTest {
    private static final int QUANTUM = 4;
    private static final ExecutionContext INLINE = ExecutionContext.parasitic$.MODULE$;

    private final List<String> log = new ArrayList<>();
    private final List<Throwable> reported = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 50; // wraps during the tests, as the system's may
    private final Reactor reactor =
            new Reactor(new Settings(1, QUANTUM, 0), () -> nowNanos, _ -> Thread.currentThread());
    private final Thread.UncaughtExceptionHandler handlerBefore =
            Thread.currentThread().getUncaughtExceptionHandler();

    @AfterEach
    void restoreHandler() {
        Thread.currentThread().setUncaughtExceptionHandler(handlerBefore);
    }

    @Test
    void turn_isTheOldestTaskAndWhatItCaused() {
        reactor.execute(() -> causing("a", "b", "c"));
        reactor.execute(() -> log.add("d"));
        reactor.turn();
        assertThat(log).containsExactly("a", "c", "b");
        reactor.turn();
        assertThat(log).endsWith("d");
        assertThat(reactor.turn()).isFalse();
    }

    @Test
    void taskCausedByATask_runsNext() {
        reactor.execute(() -> causing("cause", "caused"));
        reactor.execute(() -> log.add("waiting"));
        while (reactor.turn()) {}
        assertThat(log).containsExactly("cause", "caused", "waiting");
    }

    @Test
    void whatTheQuantumLeftOver_waitsBehindWhoCameBefore() {
        reactor.execute(() -> causing("big", "1", "2", "3", "4", "5"));
        reactor.execute(() -> log.add("small"));
        reactor.turn();
        assertThat(log).containsExactly("big", "5", "4", "3");
        reactor.turn();
        assertThat(log).endsWith("3", "small");
        while (reactor.turn()) {}
        assertThat(log).endsWith("small", "1", "2");
    }

    private void causing(String name, String... caused) {
        log.add(name);
        for (String each : caused) {
            reactor.execute(() -> log.add(each));
        }
    }

    @Test
    void endlessChains_allProgressWithinAsManyTurns() {
        int chainCount = 1_000;
        int[] runs = new int[chainCount];
        for (int i = 0; i < chainCount; i++) {
            endless(runs, i);
        }
        for (int turn = 0; turn < chainCount; turn++) {
            reactor.turn();
        }
        assertThat(runs).doesNotContain(0);
        assertThat(reactor.tasksRun()).isEqualTo((long) chainCount * QUANTUM);
    }

    private void endless(int[] runs, int chain) {
        reactor.execute(
                () -> {
                    runs[chain]++;
                    endless(runs, chain);
                });
    }

    @Test
    void failingTask_isReportedAndTheNextRuns() {
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> reported.add(failure));
        IllegalStateException failure = new IllegalStateException("on purpose");
        reactor.execute(() -> log.add("survivor"));
        reactor.execute(
                () -> {
                    throw failure;
                });
        while (reactor.turn()) {}
        assertThat(log).containsExactly("survivor");
        assertThat(reported).containsExactly(failure);
    }

    @Test
    void timersWithEqualDeadlines_fireInTheOrderOfStarting() {
        for (int i = 0; i < 10; i++) {
            start(100, "timer " + i);
        }
        start(99, "sooner");
        nowNanos += 100;
        reactor.turn();
        assertThat(log).hasSize(11).startsWith("sooner", "timer 0", "timer 1").endsWith("timer 9");
    }

    @Test
    void timer_doesNotFireBeforeItsDeadline() {
        start(100, "timer");
        nowNanos += 99;
        assertThat(reactor.turn()).isFalse();
        nowNanos += 1;
        assertThat(reactor.turn()).isTrue();
        assertThat(log).containsExactly("timer");
    }

    @Test
    void dueTimer_firesThoughTheReactorIsBusy() {
        endless(new int[1], 0);
        start(100, "timer");
        nowNanos += 100;
        reactor.turn();
        assertThat(log).containsExactly("timer");
    }

    @Test
    void stormOfTimers_letsTasksRunInBetween() {
        for (int i = 0; i < 10_000; i++) {
            start(0, "timer");
        }
        reactor.turn();
        reactor.execute(() -> log.add("task"));
        reactor.turn();
        assertThat(log.indexOf("task")).isBetween(1, 100);
    }

    @Test
    void timerWithoutDelay_firesInTheNextTurnAndStarvesNobody() {
        restartForEver();
        reactor.turn();
        reactor.execute(() -> log.add("task"));
        reactor.turn();
        assertThat(log).hasSizeLessThan(200).contains("again", "task");
    }

    private void restartForEver() {
        start(
                0,
                () -> {
                    log.add("again");
                    restartForEver();
                });
    }

    @Test
    void cancelledTimer_neverFiresAndLeavesTheQueue() {
        Timer timer = start(100, "timer");
        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isFalse();
        assertThat(timer.isCancelled()).isTrue();
        assertThat(reactor.timerCount()).isZero();
        nowNanos += 100;
        assertThat(reactor.turn()).isFalse();
    }

    @Test
    void firedTimer_cannotBeCancelled() {
        Timer timer = start(0, "timer");
        reactor.turn();
        assertThat(timer.cancel()).isFalse();
        assertThat(timer.isCancelled()).isFalse();
    }

    @Test
    void millionsOfStartsAndCancels_keepNothing() {
        start(1_000, "lasting");
        int timerCountMax = 0;
        for (int i = 0; i < 3_000_000; i++) {
            Timer timer = start(100 + i % 7, "never");
            timerCountMax = Math.max(timerCountMax, reactor.timerCount());
            timer.cancel();
        }
        assertThat(timerCountMax).isEqualTo(2);
        assertThat(reactor.timerCount()).isEqualTo(1);
    }

    @Test
    void fixedRate_catchesUpAfterAPause() {
        repeat(Repeat.AT_FIXED_RATE, () -> log.add("tick"));
        nowNanos += 35;
        reactor.turn();
        assertThat(log).hasSize(3);
        nowNanos += 5;
        reactor.turn();
        assertThat(log).hasSize(4);
    }

    @Test
    void fixedDelay_countsFromTheLastRun() {
        repeat(Repeat.WITH_FIXED_DELAY, () -> log.add("tick"));
        nowNanos += 35;
        reactor.turn();
        nowNanos += 9;
        reactor.turn();
        assertThat(log).hasSize(1);
        nowNanos += 1;
        reactor.turn();
        assertThat(log).hasSize(2);
    }

    @Test
    void repeatingTimerCancelledByItsOwnRun_stops() {
        Timer[] self = new Timer[1];
        self[0] =
                repeat(
                        Repeat.AT_FIXED_RATE,
                        () -> {
                            log.add("tick");
                            self[0].cancel();
                        });
        nowNanos += 100;
        reactor.turn();
        assertThat(log).hasSize(1);
        assertThat(reactor.timerCount()).isZero();
    }

    @Test
    void repeatingTimerThatFails_stops() {
        Runnable failing =
                () -> {
                    log.add("tick");
                    throw new IllegalStateException("on purpose");
                };
        Timer timer = new Timer(reactor, nowNanos, Repeat.AT_FIXED_RATE, 10, failing, direct());
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> reported.add(failure));
        reactor.tryStart(timer);
        nowNanos += 100;
        reactor.turn();
        assertThat(log).hasSize(1);
        assertThat(reported).hasSize(1);
        assertThat(reactor.timerCount()).isZero();
    }

    @Test
    void close_runsOnlyWhatMustRunWheneverItArrives() {
        Scheduler.TaskRunOnClose lastWord = () -> log.add("last word");
        start(100, "timer");
        start(100, lastWord);
        reactor.close();
        assertThat(log).containsExactly("last word");
        start(100, "late timer");
        start(100, lastWord); // as if started elsewhere before, and only now arriving
        assertThat(log).containsExactly("last word", "last word");
        assertThat(reactor.timerCount()).isZero();
    }

    private Timer start(long delayNanos, String name) {
        return start(delayNanos, () -> log.add(name));
    }

    private Timer start(long delayNanos, Runnable task) {
        Timer timer = new Timer(reactor, nowNanos + delayNanos, Repeat.NEVER, 0, task, INLINE);
        reactor.tryStart(timer);
        return timer;
    }

    /** Every 10 ns, first after 10 ns. */
    private Timer repeat(Repeat repeat, Runnable task) {
        Timer timer = new Timer(reactor, nowNanos + 10, repeat, 10, task, INLINE);
        reactor.tryStart(timer);
        return timer;
    }

    /** Unlike Scala's parasitic context, lets failures through. */
    private static ExecutionContext direct() {
        return new ExecutionContext() {
            @Override
            public void execute(Runnable runnable) {
                runnable.run();
            }

            @Override
            public void reportFailure(Throwable cause) {
                throw new AssertionError(cause);
            }
        };
    }
}
