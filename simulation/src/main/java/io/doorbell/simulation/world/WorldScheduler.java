package io.doorbell.simulation.world;

import com.typesafe.config.Config;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.event.LoggingAdapter;

import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

import java.io.Closeable;
import java.util.concurrent.ThreadFactory;

/** Pekko's scheduler, on the virtual time of a world. */
final class WorldScheduler implements Scheduler, Closeable {
    private static final double FREQUENCY_HERTZ_MAX = 1e9;

    private final World world;
    private boolean closed;

    /** Called by Pekko, with exactly these parameters. */
    WorldScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        world = WorldRegistry.find(config.getInt(WorldRegistry.KEY));
        log.debug("{} keeps virtual time; {} starts no thread", world, threads);
    }

    World world() {
        return world;
    }

    @Override
    public Cancellable scheduleOnce(
            FiniteDuration delay, Runnable task, ExecutionContext executor) {
        checkOpen(task);
        return VirtualTimer.once(world.time(), due(delay), task, executor);
    }

    @Override
    @SuppressWarnings(
            "deprecation") // deprecated for callers; the trait leaves it to be implemented
    public Cancellable schedule(
            FiniteDuration initialDelay,
            FiniteDuration interval,
            Runnable task,
            ExecutionContext executor) {
        checkOpen(task);
        long period = Math.max(1, interval.toNanos());
        return VirtualTimer.repeated(world.time(), due(initialDelay), period, task, executor);
    }

    private long due(FiniteDuration delay) {
        return world.time().now() + Math.max(0, delay.toNanos());
    }

    private void checkOpen(Runnable task) {
        if (closed) {
            throw new IllegalStateException(
                    "The world has ended, so " + task + " was not scheduled");
        }
    }

    @Override
    public double maxFrequency() {
        return FREQUENCY_HERTZ_MAX;
    }

    @Override
    public void close() {
        closed = true;
        world.time().close();
    }
}
