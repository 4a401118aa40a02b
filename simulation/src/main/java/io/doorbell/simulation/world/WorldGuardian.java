package io.doorbell.simulation.world;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** The parent of all actors of a world. */
final class WorldGuardian {
    sealed interface Message {}

    /** Starts an actor and keeps its reference for whoever asked. */
    static final class Spawn<T> implements Message {
        private final Behavior<T> behavior;
        private final String name;
        private @Nullable ActorRef<T> spawned;

        Spawn(Behavior<T> behavior, String name) {
            this.behavior = behavior;
            this.name = name;
        }

        boolean isDone() {
            return spawned != null;
        }

        ActorRef<T> spawned() {
            ActorRef<T> result = spawned;
            if (result == null) {
                throw new IllegalStateException(
                        "Actor '" + name + "' was not started: is its name taken?");
            }
            return result;
        }
    }

    record Stop(ActorRef<?> actor) implements Message {}

    private WorldGuardian() {}

    static Behavior<Message> create() {
        return Behaviors.setup(
                context ->
                        Behaviors.receiveMessage(
                                message -> {
                                    switch (message) {
                                        case Spawn<?> spawn -> run(context, spawn);
                                        case Stop(var actor) -> context.stop(actor);
                                    }
                                    return Behaviors.same();
                                }));
    }

    private static <T> void run(ActorContext<Message> context, Spawn<T> spawn) {
        spawn.spawned = context.spawn(spawn.behavior, spawn.name);
    }
}
