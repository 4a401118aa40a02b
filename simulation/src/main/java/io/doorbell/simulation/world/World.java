package io.doorbell.simulation.world;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One thread, virtual time, and the actors that live in it.
 *
 * <p>Mailboxes run in the order in which they became ready unless a {@link Schedule} says
 * otherwise, one message at a time. When none is ready, time jumps to the next timer. A step takes
 * no virtual time unless {@link #stepNanos} says so. Nothing happens unless a caller runs the
 * world.
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
    private StepListener listener = StepListener.NONE;
    private MessageFilter filter = MessageFilter.NONE;
    private long stepNanos;
    private LongConsumer quiet = World::tellNobody;
    private BiConsumer<String, Throwable> failures = World::tellNobody;
    private long steps;
    private int questions;

    /** A world at time 0 with nobody in it. */
    public World() {
        WorldRegistry.enter(number, this);
        try {
            system = ActorSystem.create(WorldGuardian.create(), "world-" + number, config());
        } finally {
            WorldRegistry.leave(number);
        }
        rewind(); // a first run is as every later one
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

    /** As {@link #spawn}, but nobody else runs in between unless the schedule says so. */
    public <T> ActorRef<T> spawnQuietly(Behavior<T> behavior, String name) {
        WorldGuardian.Spawn<T> spawn = new WorldGuardian.Spawn<>(behavior, name);
        system.tell(spawn);
        while (!spawn.isDone()) {
            if (!step()) {
                throw new IllegalStateException("Nobody starts actor '" + name + "'.");
            }
        }
        return spawn.spawned();
    }

    /** Asks an actor of this world, and runs until it has answered. */
    public <T> T ask(Consumer<ActorRef<T>> question) {
        AtomicReference<@Nullable T> answer = new AtomicReference<>();
        ActorRef<T> inbox =
                spawn(
                        Behaviors.receiveMessage(
                                message -> {
                                    answer.set(message);
                                    return Behaviors.same();
                                }),
                        "question-" + questions++);
        question.accept(inbox);
        runUntilQuiet();
        stop(inbox);
        T got = answer.get();
        if (got == null) {
            throw new IllegalStateException("Nobody answered.");
        }
        return got;
    }

    /** Stops an actor that {@link #spawn} started, and all below it; runs until it is gone. */
    public void stop(ActorRef<?> actor) {
        system.tell(new WorldGuardian.Stop(actor));
        runUntilQuiet();
    }

    /** From now on actors run in this order. */
    public void schedule(Schedule schedule) {
        ready.schedule(schedule);
    }

    /** From now on each step takes this much virtual time, as on one processor. */
    public void stepNanos(long nanos) {
        stepNanos = nanos;
    }

    /** From now on told of each step. */
    public void listen(StepListener next) {
        listener = next;
    }

    /** From now on messages pass this filter. */
    public void filter(MessageFilter next) {
        filter = next;
    }

    MessageFilter filter() {
        return filter;
    }

    /** From now on this is told when nothing can run: nanoseconds of the next timer, or MAX. */
    public void listenToQuiet(LongConsumer next) {
        quiet = next;
    }

    private static void tellNobody(long untilNanos) {}

    /** From now on this is told of each actor that fails: its path, and why. */
    public void listenToFailures(BiConsumer<String, Throwable> next) {
        failures = next;
    }

    void actorFailed(String path, Throwable cause) {
        failures.accept(path, cause);
    }

    private static void tellNobody(String path, Throwable cause) {}

    /** Runs {@code task} after some virtual time, outside all actors. */
    public void after(long nanos, Runnable task) {
        VirtualTimer.once(time, time.now() + nanos, task);
    }

    /**
     * Takes the world back to time 0, first in, first out, for another run. Whatever a run has
     * spawned must have been stopped; timers that it left running are dropped.
     */
    public void rewind() {
        listener = StepListener.NONE; // nobody of the run is told of its end, nor of the next one
        quiet = World::tellNobody;
        failures = World::tellNobody;
        runUntilQuiet();
        ready.rewind();
        ready.schedule(Schedule.FIRST_IN_FIRST_OUT);
        time.rewind();
        stepNanos = 0;
        steps = 0;
        questions = 0;
        filter = MessageFilter.NONE;
    }

    /** Nanoseconds since the world began, or since {@link #rewind}. */
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
            } else {
                quiet.accept(time.nextDueNanos());
                if (time.advanceToNextTimer(end)) {
                    stepsAtThisInstant = 0;
                    continue;
                }
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
        ReadyQueue.Ready next = ready.poll();
        if (next == null) {
            return false;
        }
        listener.step(steps++, time.now(), next.actor());
        next.task().run();
        ready.hasRun(next);
        if (stepNanos > 0) {
            time.passTo(time.now() + stepNanos);
        }
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
