package io.doorbell.cli.machine;

import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.NvmeController;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Keeps one controller under power until it is switched off. */
final class PowerSupply extends AbstractMatchingBehavior<PowerSupply.Command> {
    sealed interface Command {}

    record GetPort(ActorRef<PciPort> replyTo) implements Command {}

    /** Answered when nothing of the controller is left. */
    record SwitchOff(ActorRef<Off> replyTo) implements Command {}

    record Off() {}

    /**
     * @param onFailure told when the controller failed for good; nothing answers any more then
     */
    static Behavior<Command> create(
            Behavior<NvmeController.Command> controller, Runnable onFailure) {
        return Behaviors.setup(context -> new PowerSupply(context, controller, onFailure));
    }

    private final Runnable onFailure;
    private final ActorRef<NvmeController.Command> controller;
    private boolean gone;
    private @Nullable ActorRef<Off> waiting;

    private PowerSupply(
            ActorContext<Command> context,
            Behavior<NvmeController.Command> controller,
            Runnable onFailure) {
        super(context);
        this.onFailure = onFailure;
        this.controller = context.spawn(controller, "nvme");
        context.watch(this.controller);
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        switch (message) {
            case GetPort(var replyTo) -> controller.tell(new NvmeController.GetPort(replyTo));
            case SwitchOff(var replyTo) -> {
                waiting = replyTo;
                getContext().stop(controller);
            }
        }
        return offIfGone();
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof Terminated terminated) {
            gone = true;
            if (terminated instanceof ChildFailed failed) {
                getContext().getLog().error("The controller failed.", failed.getCause());
                onFailure.run();
            }
            return offIfGone();
        }
        return Behaviors.unhandled();
    }

    private Behavior<Command> offIfGone() {
        ActorRef<Off> asked = waiting;
        if (!gone || asked == null) {
            return this;
        }
        asked.tell(new Off());
        return Behaviors.stopped();
    }
}
