package io.doorbell.reactor;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.typesafe.config.ConfigFactory;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.concurrent.CompletableFuture;

/** An actor system on reactors whose guardian spawns what a test asks for. */
record RunningSystem(ActorSystem<RunningSystem.Spawn<?>> system) implements AutoCloseable {
    record Spawn<T>(
            Behavior<T> behavior, DispatcherSelector where, CompletableFuture<ActorRef<T>> ref) {}

    static RunningSystem start(String name, Settings settings) {
        return new RunningSystem(
                ActorSystem.create(
                        Behaviors.receive(
                                (context, spawn) -> {
                                    spawn(context, spawn);
                                    return Behaviors.same();
                                }),
                        name,
                        Reactors.config(settings)
                                .withFallback(
                                        ConfigFactory.parseString(
                                                "pekko.jvm-exit-on-fatal-error = off"))));
    }

    private static <T> void spawn(ActorContext<Spawn<?>> context, Spawn<T> spawn) {
        spawn.ref.complete(context.spawnAnonymous(spawn.behavior, spawn.where));
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior, DispatcherSelector where) throws Exception {
        Spawn<T> spawn = new Spawn<>(behavior, where, new CompletableFuture<>());
        system.tell(spawn);
        return spawn.ref.get(10, SECONDS);
    }

    Reactors reactors() {
        return Reactors.of(system);
    }

    /** Returns when the system and all its reactor threads have ended. */
    void terminate() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().orTimeout(20, SECONDS).join();
        for (int i = 0; i < reactors().count(); i++) {
            join(reactors().thread(i));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a test", e);
        }
    }

    @Override
    public void close() {
        terminate();
    }
}
