package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.ArrayList;
import java.util.List;

/**
 * The interrupt handler of a vector that several queues share: looks at each one's next entry and
 * wakes those that have something new. Runs on the CPU of its queues.
 */
final class VectorHandler extends AbstractMatchingBehavior<HostMessage> {
    /** From now on look at this queue too. */
    record Join(CompletionRing ring, ActorRef<HostMessage> queue) implements HostMessage {}

    private static final GuestQueue.InterruptReceived INTERRUPT_RECEIVED =
            new GuestQueue.InterruptReceived();

    static Behavior<HostMessage> create() {
        return Behaviors.setup(VectorHandler::new);
    }

    private final List<Join> members = new ArrayList<>();

    private VectorHandler(ActorContext<HostMessage> context) {
        super(context);
    }

    @Override
    public Behavior<HostMessage> onMessage(HostMessage message) {
        return switch (message) {
            case MsixMessage _ -> onInterrupt();
            case Join join -> onJoin(join);
            default -> Behaviors.unhandled();
        };
    }

    private Behavior<HostMessage> onInterrupt() {
        for (int i = 0; i < members.size(); i++) {
            Join member = members.get(i);
            if (member.ring().hasNew()) {
                member.queue().tell(INTERRUPT_RECEIVED);
            }
        }
        return this;
    }

    private Behavior<HostMessage> onJoin(Join join) {
        members.add(join);
        return this;
    }
}
