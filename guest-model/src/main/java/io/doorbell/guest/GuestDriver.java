package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.List;

/**
 * The host's driver: brings the controller up as Linux does, makes a {@link GuestQueue} for each
 * I/O queue pair, and shuts the controller down again.
 */
public final class GuestDriver extends AbstractMatchingBehavior<HostMessage> {
    /** Bring the controller up and make the queues. */
    public record Boot(ActorRef<BootResult> replyTo) implements HostMessage {}

    /** Delete the queues and shut the controller down, as before power off. */
    public record ShutDown(ActorRef<ShutDownDone> replyTo) implements HostMessage {}

    /** How the bring-up ended. */
    public sealed interface BootResult {}

    /**
     * The queues are ready.
     *
     * @param queues by queue id, from 1
     */
    public record Booted(NamespaceInfo namespace, List<ActorRef<HostMessage>> queues)
            implements BootResult {}

    /** The controller cannot be used; a sentence says why. */
    public record BootFailed(String reason) implements BootResult {}

    /**
     * The controller was told to shut down.
     *
     * @param problem what went wrong, empty if nothing did
     */
    public record ShutDownDone(String problem) {}

    /**
     * A driver that does nothing until it is told to.
     *
     * @param timeouts told when a queue gets no completions
     */
    public static Behavior<HostMessage> create(
            GuestSettings settings, ActorRef<GuestQueue.TimedOut> timeouts) {
        return Behaviors.setup(context -> new GuestDriver(context, settings, timeouts));
    }

    private final ActorRef<GuestQueue.TimedOut> timeouts;
    private final RegisterAccess registers;
    private final DriverStart start;
    private final DriverStop stop;

    private GuestDriver(
            ActorContext<HostMessage> context,
            GuestSettings settings,
            ActorRef<GuestQueue.TimedOut> timeouts) {
        super(context);
        this.timeouts = timeouts;
        this.registers =
                new RegisterAccess(
                        settings.machine().memory(),
                        settings.machine().port().lane(0),
                        context.getSelf());
        StatusPoll poll = new StatusPoll(context, registers, settings.machine().clock());
        this.start = new DriverStart(context, settings, registers, poll);
        this.stop = new DriverStop(start, registers, poll);
    }

    /** A host whose queue has failed cannot go on. */
    @Override
    public Behavior<HostMessage> onSignal(Signal signal) {
        if (signal instanceof ChildFailed failed) {
            throw new IllegalStateException(
                    failed.getRef().path().name() + " of the host failed.", failed.getCause());
        }
        return this;
    }

    @Override
    public Behavior<HostMessage> onMessage(HostMessage message) {
        switch (message) {
            case ReadCompletion completion -> registers.completed(completion);
            case MsixMessage interrupt -> start.onInterrupt(interrupt);
            case StatusPoll.Look look -> look.again().run();
            case Boot(var replyTo) -> start.boot(replyTo);
            case ShutDown(var replyTo) -> stop.shutDown(replyTo);
            case GuestQueue.TimedOut timedOut -> timeouts.tell(timedOut);
            default -> {
                return Behaviors.unhandled();
            }
        }
        return this;
    }
}
