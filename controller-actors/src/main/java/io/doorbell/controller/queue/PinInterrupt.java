package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Whether any completion queue with interrupts holds entries that the host has not consumed: the
 * interrupt status of the pin, before its mask (PCIe §3.5.1). Exists only while the host uses the
 * pin; all queues are on vector 0 then, whatever vector they were created with.
 */
public final class PinInterrupt extends AbstractMatchingBehavior<PinInterrupt.Command> {
    public sealed interface Command {}

    /** A completion queue is no longer empty. */
    record Filled() implements Command {}

    /** The host has consumed all of a queue that was filled, or the queue is gone. */
    record Drained() implements Command {}

    /** An interrupt became due, or ceased to be. */
    public record StatusChanged(boolean due) {}

    static final Filled FILLED = new Filled();
    static final Drained DRAINED = new Drained();

    /** Nobody holds anything; changes are told to {@code replyTo}. */
    public static Behavior<Command> create(ActorRef<StatusChanged> replyTo) {
        return Behaviors.setup(context -> new PinInterrupt(context, replyTo));
    }

    private final ActorRef<StatusChanged> replyTo;
    private int filledQueues;

    private PinInterrupt(ActorContext<Command> context, ActorRef<StatusChanged> replyTo) {
        super(context);
        this.replyTo = replyTo;
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        boolean wasDue = filledQueues > 0;
        filledQueues +=
                switch (message) {
                    case Filled _ -> 1;
                    case Drained _ -> -1;
                };
        boolean due = filledQueues > 0;
        if (due != wasDue) {
            replyTo.tell(new StatusChanged(due));
        }
        return this;
    }
}
