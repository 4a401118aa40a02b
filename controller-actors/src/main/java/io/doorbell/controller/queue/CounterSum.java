package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.List;

/** Asks every shard for its counters, answers with the sum, and ends. */
public final class CounterSum {
    private CounterSum() {}

    /** An actor that does so once. */
    public static Behavior<ShardCounters> create(
            List<ActorRef<DoorbellMemory.Command>> memories, ActorRef<ShardCounters> replyTo) {
        return Behaviors.setup(
                context -> {
                    for (ActorRef<DoorbellMemory.Command> memory : memories) {
                        memory.tell(new DoorbellMemory.ReadCounters(context.getSelf()));
                    }
                    return collecting(memories.size(), new ShardCounters(), replyTo);
                });
    }

    private static Behavior<ShardCounters> collecting(
            int left, ShardCounters sum, ActorRef<ShardCounters> replyTo) {
        return Behaviors.receiveMessage(
                counters -> {
                    sum.add(counters);
                    if (left > 1) {
                        return collecting(left - 1, sum, replyTo);
                    }
                    replyTo.tell(sum);
                    return Behaviors.stopped();
                });
    }
}
