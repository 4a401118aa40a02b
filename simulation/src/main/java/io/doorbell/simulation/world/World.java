package io.doorbell.simulation.world;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * One thread, virtual time, and the actors that live in it.
 *
 * <p>Mailboxes run in the order in which they became ready, one message at a time. When none is
 * ready, time jumps to the next timer. A run of actors takes no virtual time. Nothing happens
 * unless a caller runs the world.
 *
 * <p>Not safe for several threads: a world belongs to the thread that uses it.
 */
public final class World implements AutoCloseable {
    /** More steps at one virtual instant than this is a world that turns in a circle. */
    private static final long STEPS_WITHOUT_TIME_MAX = 50_000_000;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ReadyQueue ready = new ReadyQueue();
    private final VirtualTime time = new VirtualTime();
    private final int number = NUMBERS.incrementAndGet();
    private final ActorSystem<WorldGuardian.Message> system;
    private long steps;

    /** A world at time 0 with nobody in it. */
    public World() {
        WorldRegistry.enter(number, this);
        try {
            system = ActorSystem.create(WorldGuardian.create(), "world-" + number, config());
        } finally {
            WorldRegistry.leave(number);
        }
        runUntilQuiet();
    }

    private Config config() {
        return ConfigFactory.parseMap(Map.of(WorldRegistry.KEY, number))
                .withFallback(ConfigFactory.parseResources(World.class, "world.conf"))
                .withFallback(ConfigFactory.defaultReference());
    }

    /** Starts an actor, and runs until nobody has anything to do. It fails alone. */
    public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        WorldGuardian.Spawn<T> spawn = new WorldGuardian.Spawn<>(behavior, name);
        system.tell(spawn);
        runUntilQuiet();
        return spawn.spawned();
    }

    /** Stops an actor that {@link #spawn} started, and all below it; runs until it is gone. */
    public void stop(ActorRef<?> actor) {
        system.tell(new WorldGuardian.Stop(actor));
        runUntilQuiet();
    }

    /** Nanoseconds since the world began. */
    public long nanoTime() {
        return time.now();
    }

    /** Messages and other tasks run since the world began. */
    public long steps() {
        return steps;
    }

    /** Timers that are running. */
    public int timers() {
        return time.timerCount();
    }

    /**
     * Runs until a condition holds or the time is over, whichever is first.
     *
     * @param timeoutNanos virtual time to give it; 0 runs only what is ready now
     * @return whether the condition held
     */
    public boolean runUntil(BooleanSupplier condition, long timeoutNanos) {
        long end = time.now() + timeoutNanos;
        long stepsAtThisInstant = 0;
        while (!condition.getAsBoolean()) {
            if (step()) {
                if (++stepsAtThisInstant > STEPS_WITHOUT_TIME_MAX) {
                    throw new IllegalStateException(
                            "%,d steps without a nanosecond: the actors run in a circle at %,d ns."
                                    .formatted(stepsAtThisInstant, time.now()));
                }
            } else if (time.advanceToNextTimer(end)) {
                stepsAtThisInstant = 0;
            } else {
                time.advanceTo(end);
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /** Lets this much virtual time pass. */
    public void runFor(long nanos) {
        runUntil(() -> false, nanos);
    }

    /** Runs what is ready, and what that causes, at this instant; no time passes. */
    public void runUntilQuiet() {
        runUntil(() -> false, 0);
    }

    /** Runs one ready task; false if there is none. */
    private boolean step() {
        Runnable task = ready.poll();
        if (task == null) {
            return false;
        }
        steps++;
        task.run();
        return true;
    }

    /** Ends all actors. */
    @Override
    public void close() {
        system.terminate();
        while (!system.getWhenTerminated().toCompletableFuture().isDone()
                && (step() || time.advanceToNextTimer(Long.MAX_VALUE))) {}
    }

    ReadyQueue ready() {
        return ready;
    }

    VirtualTime time() {
        return time;
    }
}
