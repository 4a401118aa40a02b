package io.doorbell.simulation.machine;

import io.doorbell.simulation.world.World;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;

/** Where whoever drives a machine gets its answers. */
final class Inbox<T> implements AutoCloseable {
    private final World world;
    private final ArrayDeque<T> received = new ArrayDeque<>();
    private final ActorRef<T> ref;

    Inbox(World world, String name) {
        this.world = world;
        this.ref =
                world.spawnQuietly(
                        Behaviors.receiveMessage(
                                message -> {
                                    received.add(message);
                                    return Behaviors.same();
                                }),
                        "inbox-" + name);
    }

    ActorRef<T> ref() {
        return ref;
    }

    /** The first message; null if a problem came first, or the time is over. */
    @Nullable T await(List<String> problems, long nanos) {
        awaitAll(1, problems, nanos);
        return received.peekFirst();
    }

    /** Runs the world until so many messages have come, or a problem. */
    void awaitAll(int count, List<String> problems, long nanos) {
        boolean ended =
                world.runUntil(() -> received.size() >= count || !problems.isEmpty(), nanos);
        if (!ended) {
            problems.add(
                    "nothing happens any more: %d of %d answers have come"
                            .formatted(received.size(), count));
        }
    }

    @Override
    public void close() {
        world.stop(ref);
    }
}
