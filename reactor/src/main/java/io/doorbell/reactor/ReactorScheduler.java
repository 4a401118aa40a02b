package io.doorbell.reactor;

import com.typesafe.config.Config;

import io.doorbell.reactor.Reactors.Settings;
import io.doorbell.reactor.Timer.Repeat;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.dispatch.MonitorableThreadFactory;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;

import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

import java.io.Closeable;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/**
 * Pekko's scheduler, made of the timers of the reactors. Pekko makes it before any dispatcher, so
 * it also makes the reactors and is how everything else of one actor system finds them.
 *
 * <p>A timer lives on the reactor that started it. Started from another thread it lives where its
 * dispatcher runs, or else on reactor 0. A timer without delay fires in the next turn, never inside
 * the call that starts it.
 */
final class ReactorScheduler implements Scheduler, Closeable {
    private static final double FREQUENCY_HERTZ_MAX = 1e6;
    private static final long DELAY_NANOS_MAX =
            Long.MAX_VALUE / 2; // deadlines compare by difference
    private static final String NAME_SUFFIX = "-scheduler";

    private final LongSupplier clock = SystemClock.INSTANCE;
    private final Reactors reactors;
    private volatile boolean closed;

    /** Called by Pekko, with exactly these parameters. */
    ReactorScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        if (!(threads instanceof MonitorableThreadFactory factory)) {
            throw new IllegalArgumentException(
                    threads + " is not Pekko's own thread factory, use Pekko 1.7");
        }
        String name = factory.name();
        String system =
                name.endsWith(NAME_SUFFIX)
                        ? name.substring(0, name.length() - NAME_SUFFIX.length())
                        : name;
        reactors = new Reactors(Settings.from(config), system, factory::wire, clock);
        log.debug("{} reactors for {}", reactors.count(), system);
    }

    static ReactorScheduler from(Scheduler scheduler) {
        if (scheduler instanceof ReactorScheduler ours) {
            return ours;
        }
        throw new IllegalArgumentException(
                "This actor system keeps time with "
                        + scheduler.getClass().getName()
                        + " and has no reactors. Create it with Reactors.config(settings)");
    }

    Reactors reactors() {
        return reactors;
    }

    @Override
    public Cancellable scheduleOnce(
            FiniteDuration delay, Runnable task, ExecutionContext executor) {
        return start(delay, Repeat.NEVER, 0, task, executor);
    }

    /** What Pekko's {@code scheduleAtFixedRate} calls. */
    @Override
    @SuppressWarnings(
            "deprecation") // deprecated for callers; the trait leaves it to be implemented
    public Cancellable schedule(
            FiniteDuration initialDelay,
            FiniteDuration interval,
            Runnable task,
            ExecutionContext executor) {
        return start(initialDelay, Repeat.AT_FIXED_RATE, period(interval), task, executor);
    }

    @Override
    public Cancellable scheduleWithFixedDelay(
            FiniteDuration initialDelay,
            FiniteDuration delay,
            Runnable task,
            ExecutionContext executor) {
        return start(initialDelay, Repeat.WITH_FIXED_DELAY, period(delay), task, executor);
    }

    private Cancellable start(
            FiniteDuration delay,
            Repeat repeat,
            long periodNanos,
            Runnable task,
            ExecutionContext executor) {
        Reactor home = homeFor(executor);
        long delayNanos = Math.clamp(delay.toNanos(), 0, DELAY_NANOS_MAX);
        long deadlineNanos = clock.getAsLong() + delayNanos;
        Timer timer = new Timer(home, deadlineNanos, repeat, periodNanos, task, executor);
        if (closed || !home.tryStart(timer)) {
            throw new IllegalStateException(
                    "The scheduler is closed because its actor system terminates, so "
                            + task
                            + " was not scheduled after "
                            + delay
                            + ". Start timers while the system runs");
        }
        return timer;
    }

    private static long period(FiniteDuration period) {
        long nanos = period.toNanos();
        if (nanos <= 0) {
            throw new IllegalArgumentException(
                    "A period of "
                            + nanos
                            + " ns would repeat for ever at once, use at least 1 ns");
        }
        return Math.min(nanos, DELAY_NANOS_MAX);
    }

    private Reactor homeFor(ExecutionContext executor) {
        Reactor current = reactors.current();
        if (current != null) {
            return current;
        }
        @Nullable Reactor target =
                executor instanceof ReactorDispatcher dispatcher ? dispatcher.reactor() : null;
        return target != null ? target : reactors.reactor(0);
    }

    @Override
    public double maxFrequency() {
        return FREQUENCY_HERTZ_MAX;
    }

    /**
     * Runs every pending {@link Scheduler.TaskRunOnClose} and drops the other timers, each on its
     * own reactor: at once on the calling one, without waiting on the others, for they may be
     * waiting for this one.
     */
    @Override
    public void close() {
        closed = true;
        reactors.close();
    }
}
