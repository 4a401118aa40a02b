package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whether any completion queue with interrupts holds entries that the host has not consumed: the
 * interrupt status of the pin, before its mask (PCIe §3.5.1). Exists only while the host uses the
 * pin; all queues are on vector 0 then, whatever vector they were created with.
 *
 * <p>A head that the host wrote is on its way to its queue for a while. Who has to know the status
 * as of now asks for a {@link Check}: each filled queue looks at its head doorbell again.
 */
public final class PinInterrupt extends AbstractMatchingBehavior<PinInterrupt.Command> {
    public sealed interface Command {}

    /** A completion queue is no longer empty. */
    record Filled(ActorRef<CompletionQueue.Command> queue) implements Command {}

    /** The host has consumed all of a queue that was filled. */
    record Drained(ActorRef<CompletionQueue.Command> queue) implements Command {}

    /** A queue is being deleted, or tells of its entries by messages from now on. */
    record Gone(ActorRef<CompletionQueue.Command> queue) implements Command {}

    /** Answered with {@link Checked} when every head that was rung before has been seen. */
    public record Check(long id) implements Command {}

    /** A queue has looked at its head, and has told before this what it saw. */
    record HeadChecked(ActorRef<CompletionQueue.Command> queue) implements Command {}

    /** What is told about the pin. */
    public sealed interface Report {}

    /** An interrupt became due, or ceased to be. */
    public record StatusChanged(boolean due) implements Report {}

    /** The status that was told last takes into account what was rung before this check. */
    public record Checked(long id) implements Report {}

    /** Nobody holds anything; changes are told to {@code replyTo}. */
    public static Behavior<Command> create(ActorRef<Report> replyTo) {
        return Behaviors.setup(context -> new PinInterrupt(context, replyTo));
    }

    private final ActorRef<Report> replyTo;
    private final Set<ActorRef<CompletionQueue.Command>> filled = new LinkedHashSet<>();
    private final Set<ActorRef<CompletionQueue.Command>> looking = new LinkedHashSet<>();
    private final ArrayDeque<Check> checks = new ArrayDeque<>(0); // the first is being done

    private PinInterrupt(ActorContext<Command> context, ActorRef<Report> replyTo) {
        super(context);
        this.replyTo = replyTo;
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        boolean wasDue = !filled.isEmpty();
        switch (message) {
            case Filled(var queue) -> filled.add(queue);
            case Drained(var queue) -> filled.remove(queue);
            case Gone(var queue) -> {
                filled.remove(queue);
                looking.remove(queue);
            }
            case Check check -> {
                checks.addLast(check);
                if (checks.size() == 1) {
                    look();
                }
            }
            case HeadChecked(var queue) -> looking.remove(queue);
        }
        boolean due = !filled.isEmpty();
        if (due != wasDue) {
            replyTo.tell(new StatusChanged(due));
        }
        answerChecks();
        return this;
    }

    private void look() {
        looking.addAll(filled);
        filled.forEach(queue -> queue.tell(new CompletionQueue.CheckHead(getContext().getSelf())));
    }

    private void answerChecks() {
        while (looking.isEmpty() && !checks.isEmpty()) {
            replyTo.tell(new Checked(checks.removeFirst().id()));
            if (!checks.isEmpty()) {
                look();
            }
        }
    }
}
