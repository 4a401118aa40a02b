package io.doorbell.reactor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Question: what do a tell, an idle system and a 100 µs timer cost on reactors?
 *
 * <p>Prints the figures of this module's README, which has the command. Wants an otherwise idle
 * machine.
 */
final class RuntimeFigures {
    private static final LongSupplier CLOCK = SystemClock.INSTANCE;
    private static final Config YARDSTICK =
            ConfigFactory.parseString(
                    """
                    yardstick {
                      type = Dispatcher
                      executor = fork-join-executor
                      fork-join-executor { parallelism-min = 1, parallelism-max = 1 }
                      throughput = 64
                    }
                    """);
    private static final int WARM_UP_COUNT = 20_000_000;
    private static final int MESSAGE_COUNT = 20_000_000;
    private static final int WINDOWS = 5;
    private static final int IDLE_ACTORS = 10_000;
    private static final int IDLE_SECONDS = 5;
    private static final int TIMER_COUNT = 20_000;
    private static final Duration TIMER_DELAY = Duration.ofNanos(100_000);

    private RuntimeFigures() {}

    public static void main(String[] args) throws Exception {
        tell("one reactor", Reactors.selector(1));
        tell("yardstick: fork-join pool of one thread", DispatcherSelector.fromConfig("yardstick"));
        idleSystem();
        timerLateness();
    }

    private static ActorSystem<Void> start(Behavior<Void> guardian) {
        Config reactors = Reactors.config(new Settings(2, 256, 0));
        return ActorSystem.create(guardian, "figures", reactors.withFallback(YARDSTICK));
    }

    private static void stop(ActorSystem<Void> system) {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    /**
     * Sends what it receives, a fresh record each time, to the other, until the count is used up.
     */
    private static final class Player extends AbstractMatchingBehavior<Player.Ball> {
        record Ball(long hopsLeft, ActorRef<Ball> backTo, CompletableFuture<Void> done) {}

        private final ActorContext<Ball> context;

        Player(ActorContext<Ball> context) {
            super(context);
            this.context = context;
        }

        @Override
        public Behavior<Ball> onMessage(Ball ball) {
            if (ball.hopsLeft == 0) {
                ball.done.complete(null);
            } else {
                ball.backTo.tell(new Ball(ball.hopsLeft - 1, context.getSelf(), ball.done));
            }
            return this;
        }
    }

    private static void tell(String where, DispatcherSelector selector) {
        CompletableFuture<ActorRef<Player.Ball>> first = new CompletableFuture<>();
        CompletableFuture<ActorRef<Player.Ball>> second = new CompletableFuture<>();
        ActorSystem<Void> system =
                start(
                        Behaviors.setup(
                                context -> {
                                    first.complete(spawnPlayer(context, selector));
                                    second.complete(spawnPlayer(context, selector));
                                    return Behaviors.empty();
                                }));
        play(first.join(), second.join(), WARM_UP_COUNT);
        double[] nanosPerTell = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            long startNanos = CLOCK.getAsLong();
            play(first.join(), second.join(), MESSAGE_COUNT);
            nanosPerTell[i] = (double) (CLOCK.getAsLong() - startNanos) / MESSAGE_COUNT;
        }
        Arrays.sort(nanosPerTell);
        System.out.printf(
                "tell + receive, %s: %.1f ns [%.1f-%.1f]%n",
                where, nanosPerTell[WINDOWS / 2], nanosPerTell[0], nanosPerTell[WINDOWS - 1]);
        stop(system);
    }

    private static ActorRef<Player.Ball> spawnPlayer(
            ActorContext<Void> context, DispatcherSelector selector) {
        return context.spawnAnonymous(Behaviors.setup(Player::new), selector);
    }

    private static void play(ActorRef<Player.Ball> one, ActorRef<Player.Ball> two, int hops) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        one.tell(new Player.Ball(hops, two, done));
        done.join();
    }

    private static void idleSystem() throws InterruptedException {
        ActorSystem<Void> system =
                start(
                        Behaviors.setup(
                                context -> {
                                    for (int i = 0; i < IDLE_ACTORS; i++) {
                                        context.spawnAnonymous(
                                                Behaviors.empty(), Reactors.selector(i % 2));
                                    }
                                    return Behaviors.empty();
                                }));
        Thread.sleep(Duration.ofSeconds(2)); // let it start up, compile and collect
        Reactors reactors = Reactors.of(system);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long beforeNanos = cpuNanos(threads, reactors);
        long tasksBefore = reactors.tasksRun();
        Thread.sleep(Duration.ofSeconds(IDLE_SECONDS));
        long usedNanos = cpuNanos(threads, reactors) - beforeNanos;
        System.out.printf(
                "%d idle actors for %d s: %.3f ms CPU time on all reactors, %d tasks%n",
                IDLE_ACTORS, IDLE_SECONDS, usedNanos / 1e6, reactors.tasksRun() - tasksBefore);
        stop(system);
    }

    private static long cpuNanos(ThreadMXBean threads, Reactors reactors) {
        long sum = 0;
        for (int i = 0; i < reactors.count(); i++) {
            sum += Math.max(0, threads.getThreadCpuTime(reactors.thread(i).threadId()));
        }
        return sum;
    }

    /** Starts a timer, notes how late it comes, starts the next. */
    private static final class Sleeper extends AbstractMatchingBehavior<Sleeper.Due> {
        record Due(long deadlineNanos) {}

        private final ActorContext<Due> context;
        private final CompletableFuture<long[]> result;
        private final long[] latenessNanos = new long[TIMER_COUNT];
        private int count;

        Sleeper(ActorContext<Due> context, CompletableFuture<long[]> result) {
            super(context);
            this.context = context;
            this.result = result;
            sleep();
        }

        private void sleep() {
            Due due = new Due(CLOCK.getAsLong() + TIMER_DELAY.toNanos());
            context.scheduleOnce(TIMER_DELAY, context.getSelf(), due);
        }

        @Override
        public Behavior<Due> onMessage(Due due) {
            latenessNanos[count++] = CLOCK.getAsLong() - due.deadlineNanos;
            if (count < TIMER_COUNT) {
                sleep();
                return this;
            }
            result.complete(latenessNanos);
            return Behaviors.stopped();
        }
    }

    private static void timerLateness() {
        CompletableFuture<long[]> result = new CompletableFuture<>();
        ActorSystem<Void> system =
                start(
                        Behaviors.setup(
                                context -> {
                                    context.spawnAnonymous(
                                            Behaviors.<Sleeper.Due>setup(
                                                    own -> new Sleeper(own, result)),
                                            Reactors.selector(1));
                                    return Behaviors.empty();
                                }));
        long[] latenessNanos = result.join();
        long[] warm = Arrays.copyOfRange(latenessNanos, TIMER_COUNT / 2, TIMER_COUNT);
        Arrays.sort(warm);
        System.out.printf(
                "100 us timers, late by: p50 %.1f us, p99 %.1f us, worst %.1f us (of %d)%n",
                warm[warm.length / 2] / 1e3,
                warm[warm.length * 99 / 100] / 1e3,
                warm[warm.length - 1] / 1e3,
                warm.length);
        stop(system);
    }
}
