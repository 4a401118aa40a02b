package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.guest.DriverLife.Phase;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The host's driver: brings the controller up as Linux does, makes a {@link GuestQueue} for each
 * I/O queue pair, recovers from what goes wrong, and shuts the controller down again.
 */
public final class GuestDriver extends AbstractMatchingBehavior<HostMessage> {
    /** Bring the controller up and make the queues. */
    public record Boot(ActorRef<BootResult> replyTo) implements HostMessage {}

    /** Delete the queues and shut the controller down, as before power off. */
    public record ShutDown(ActorRef<ShutDownDone> replyTo) implements HostMessage {}

    /**
     * Reset the controller under whatever it is doing; also in the middle of another reset, or of
     * the bring-up, which begins again then.
     */
    public record Reset(ResetKind kind, ActorRef<ResetDone> replyTo) implements HostMessage {}

    /** Delete all I/O queues and create them again, with whatever is outstanding on them. */
    public record DeleteAndRecreateQueues(ActorRef<ResetDone> replyTo) implements HostMessage {}

    /**
     * Run an admin command that is not the driver's; cancelled while the controller is not in use.
     *
     * @param endless whether it may take as long as it likes
     */
    public record RunAdmin(ForeignCommand command, boolean endless) implements HostMessage {}

    /**
     * Set or clear the mask of an MSI-X vector, as long as the controller is in use.
     *
     * @param reserved bits of the same register that mean nothing
     */
    public record MaskVector(int vector, boolean masked, int reserved) implements HostMessage {}

    /** Set or clear the mask of all MSI-X vectors, as long as the controller is in use. */
    public record MaskFunction(boolean masked) implements HostMessage {}

    /** Take from the function the right to access memory; a reset gives it back. */
    public record DisableMastering() implements HostMessage {}

    /** How to reset (Base §3.7). What the device does not have is replaced by CC.EN. */
    public enum ResetKind {
        /** CC.EN = 0. */
        CONTROLLER,
        /** By way of the PCI Express capability. */
        FUNCTION_LEVEL,
        /** NSSR. */
        SUBSYSTEM,
        /** Shut down as before power off (CC.SHN), then CC.EN = 0. */
        SHUTDOWN,
        /** The same in a hurry: no queue is deleted first. */
        ABRUPT_SHUTDOWN
    }

    /**
     * The controller is in use again, or will not be.
     *
     * @param problem empty if it is
     */
    public record ResetDone(int epoch, String problem) {}

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
     * @param timeouts told of commands that take too long
     */
    public static Behavior<HostMessage> create(
            GuestSettings settings, ActorRef<GuestQueue.TimedOut> timeouts) {
        return Behaviors.setup(context -> new GuestDriver(context, settings, timeouts));
    }

    /** Admin slots that commands of others leave free: the driver has to recover at any time. */
    private static final int ROOM_KEPT = 4;

    private final @Nullable HostWatcher watcher;
    private final ActorRef<GuestQueue.TimedOut> timeouts;
    private final DriverLife life = new DriverLife();
    private final QueueBarrier barrier = new QueueBarrier();
    private final RegisterAccess registers;
    private final DriverStart start;
    private final DriverStop stop;
    private final DriverReset reset;
    private final TimeoutHandler timeoutHandler;
    private final List<ActorRef<ResetDone>> waitForReset = new ArrayList<>();
    private final List<ForeignCommand> foreign = new ArrayList<>(); // outstanding
    private final List<Runnable> waitForRest = new ArrayList<>(); // until nothing is under way
    private @Nullable ActorRef<BootResult> waitsForBoot;
    private String problem = "";

    private GuestDriver(
            ActorContext<HostMessage> context,
            GuestSettings settings,
            ActorRef<GuestQueue.TimedOut> timeouts) {
        super(context);
        this.watcher = settings.watcher();
        this.timeouts = timeouts;
        this.registers = new RegisterAccess(context, settings);
        StatusPoll poll = new StatusPoll(context, registers, settings.machine().clock());
        PciFunctionControl function = new PciFunctionControl(registers, poll);
        this.start = new DriverStart(context, settings, registers, poll, function, this::onProblem);
        this.stop =
                new DriverStop(start, registers, poll, settings.policies().queueing().deletion());
        this.reset =
                new DriverReset(
                        settings,
                        life,
                        start,
                        registers,
                        poll,
                        function,
                        barrier,
                        () -> start.bringUp(this::onUp));
        this.timeoutHandler =
                new TimeoutHandler(settings, life, start, registers, poll, this::onProblem);
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
            case PinChanged(boolean asserted) -> start.onPin(asserted);
            case StatusPoll.Look look -> look.again().run();
            case QueueOrder.Done done -> barrier.done(done);
            case QueueOrder.Overdue overdue -> onOverdue(overdue);
            case QueueOrder.Missing(var command) -> timeoutHandler.onMissing(command);
            case Boot(var replyTo) -> onBoot(replyTo);
            case Reset(var kind, var replyTo) -> onReset(kind, replyTo);
            case DeleteAndRecreateQueues(var replyTo) -> onRecreate(replyTo);
            case RunAdmin(var command, boolean endless) -> onRunAdmin(command, endless);
            case MaskVector mask -> onMaskVector(mask);
            case MaskFunction(boolean masked) -> onMaskFunction(masked);
            case DisableMastering _ -> onDisableMastering();
            case ShutDown(var replyTo) -> whenAtRest(() -> onShutDown(replyTo));
            default -> {
                return Behaviors.unhandled();
            }
        }
        return this;
    }

    private void onBoot(ActorRef<BootResult> replyTo) {
        life.phase = Phase.STARTING;
        waitsForBoot = replyTo;
        start.bringUp(this::onUp);
    }

    private void onOverdue(QueueOrder.Overdue overdue) {
        if (overdue.first()) {
            timeouts.tell(new GuestQueue.TimedOut(overdue.queueId(), overdue.what()));
        }
        timeoutHandler.onOverdue(overdue);
    }

    private void onReset(ResetKind kind, ActorRef<ResetDone> replyTo) {
        switch (life.phase) {
            case NEW, GIVING_UP, DEAD, SHUT_DOWN ->
                    replyTo.tell(new ResetDone(life.epoch, "the controller is not in use"));
            default -> {
                waitForReset.add(replyTo);
                reset.begin(kind, "it was ordered");
            }
        }
    }

    private void onRecreate(ActorRef<ResetDone> replyTo) {
        AdminCommands commands = start.commands();
        QueuePairs pairs = start.pairs();
        if (!life.isLive() || commands == null || pairs == null) {
            replyTo.tell(new ResetDone(life.epoch, "the controller is not in use"));
            return;
        }
        waitForReset.add(replyTo);
        reset.recreateQueues(commands, pairs, this::goOn, this::onProblem);
    }

    private void onRunAdmin(ForeignCommand command, boolean endless) {
        AdminCommands commands = start.commands();
        if (!life.isLive() || commands == null || commands.room() <= ROOM_KEPT) {
            command.cancel();
            return;
        }
        foreign.add(command);
        Consumer<AdminQueue.Outcome> next =
                outcome -> {
                    foreign.remove(command);
                    command.complete(outcome.status(), outcome.result());
                };
        if (endless) {
            commands.leaveOutstanding(command.fill(), next);
        } else {
            commands.attempt("A command of somebody else", command.fill(), next, this::onProblem);
        }
    }

    /** Whatever they were to bring, the driver has lost sight of them. */
    private void cancelForeign() {
        List<ForeignCommand> lost = List.copyOf(foreign);
        foreign.clear();
        lost.forEach(ForeignCommand::cancel);
    }

    private void onMaskVector(MaskVector mask) {
        if (life.phase == Phase.LIVE || life.phase == Phase.RECREATING) {
            start.interrupts().mask(mask.vector(), mask.masked(), mask.reserved());
        }
    }

    private void onMaskFunction(boolean masked) {
        if (life.phase == Phase.LIVE || life.phase == Phase.RECREATING) {
            start.interrupts().maskAll(masked);
        }
    }

    private void onDisableMastering() {
        if (life.isLive()) {
            start.disableMastering();
        }
    }

    private void onShutDown(ActorRef<ShutDownDone> replyTo) {
        life.phase = Phase.SHUT_DOWN;
        stop.shutDown(replyTo);
    }

    private void whenAtRest(Runnable action) {
        switch (life.phase) {
            case STARTING, RECREATING, RESETTING, GIVING_UP -> waitForRest.add(action);
            default -> action.run();
        }
    }

    /** A bring-up has succeeded, the first or a later one. */
    private void onUp(NamespaceInfo namespace) {
        QueuePairs pairs = start.pairs();
        if (pairs != null) {
            pairs.use(namespace);
        }
        boolean booted = waitsForBoot != null;
        goOn();
        if (booted && waitsForBoot != null) {
            waitsForBoot.tell(new Booted(namespace, start.queues()));
            waitsForBoot = null;
        }
    }

    private void goOn() {
        ControllerSetup setup = start.setup();
        if (setup != null) {
            QueueOrder.GoOn order = setup.goOn();
            start.queues().forEach(queue -> queue.tell(order));
        }
        life.phase = Phase.LIVE;
        reset.succeeded();
        timeoutHandler.began();
        ended("");
    }

    /** Something the driver needs has failed: a reset helps, or nothing does. */
    private void onProblem(String reason) {
        switch (life.phase) {
            case LIVE, RECREATING -> reset.begin(ResetKind.CONTROLLER, reason);
            case STARTING, RESETTING -> {
                problem = reason;
                reset.tryAgain(reason, this::onGivenUp);
            }
            default -> {} // nobody counts on it
        }
    }

    private void onGivenUp() {
        if (waitsForBoot != null) {
            waitsForBoot.tell(new BootFailed(problem));
            waitsForBoot = null;
        }
        ended(problem);
    }

    private void ended(String withProblem) {
        cancelForeign();
        if (watcher != null && life.epoch > 0) {
            watcher.resetEnded(life.epoch, withProblem.isEmpty());
        }
        waitForReset.forEach(waiting -> waiting.tell(new ResetDone(life.epoch, withProblem)));
        waitForReset.clear();
        List<Runnable> actions = List.copyOf(waitForRest);
        waitForRest.clear();
        actions.forEach(Runnable::run);
    }
}
