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
 * wakes those that have something new and have not been woken already. Runs on the CPU of its
 * queues.
 */
final class VectorHandler extends AbstractMatchingBehavior<HostMessage> {
    /** From now on look at this queue too. */
    record Join(CompletionRing ring, ActorRef<HostMessage> queue) implements HostMessage {}

    /** A queue of this vector, and the one message that wakes it. */
    private record Member(
            CompletionRing ring, ActorRef<HostMessage> queue, GuestQueue.InterruptReceived wake) {

        void wakeIfNew() {
            if (!wake.isOnItsWay && ring.hasNew()) {
                wake.isOnItsWay = true;
                queue.tell(wake);
            }
        }
    }

    static Behavior<HostMessage> create() {
        return Behaviors.setup(VectorHandler::new);
    }

    private final List<Member> members = new ArrayList<>();

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
            members.get(i).wakeIfNew();
        }
        return this;
    }

    private Behavior<HostMessage> onJoin(Join join) {
        members.add(new Member(join.ring(), join.queue(), new GuestQueue.InterruptReceived()));
        return this;
    }
}
