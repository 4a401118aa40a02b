package io.doorbell.controller.pci;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess.ConfigRead;
import io.doorbell.bus.pci.PciAccess.ConfigWrite;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.controller.Controller;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Owner of what PCI defines: configuration space, the MSI-X table and its pending bits. None of it
 * is touched by a controller reset (PCIe §3.3); a function level reset begins here.
 */
public final class PciConfiguration extends AbstractMatchingBehavior<PciConfiguration.Command> {
    public sealed interface Command {}

    record AccessConfig(ConfigRead read) implements Command {}

    record ChangeConfig(ConfigWrite write) implements Command {}

    /** Stores into the MSI-X table, at an offset from its start. */
    record WriteTable(long offsetBytes, int widthBytes, long value) implements Command {}

    /** Loads from the MSI-X table. */
    record ReadTable(long offsetBytes, int widthBytes, long tag, ActorRef<ReadCompletion> replyTo)
            implements Command {}

    /** Loads pending bits. */
    record ReadPending(long offsetBytes, int widthBytes, long tag, ActorRef<ReadCompletion> replyTo)
            implements Command {}

    /** A conventional reset of the function, answered when it is over. */
    record ResetFunction(long tag, ActorRef<ReadCompletion> replyTo) implements Command {}

    /** The NVM subsystem is being reset, and the function with it. */
    public record ResetWithSubsystem() implements Command {}

    /** Interrupts by pin: whether one is due, as the controller's queues and INTMS say. */
    public record SetPinDue(boolean due) implements Command {}

    /** What {@link SetPinDue} said last takes into account what was written before the check. */
    public record PinChecked(long id) implements Command {}

    /** Answered when every earlier write has taken effect. */
    record Synchronize(ActorRef<Synchronized> replyTo) implements Command {}

    record Synchronized() {}

    /** A read of STS.IS that waits until the queues have been asked. */
    private record StatusRead(long check, ConfigRead read) {}

    /** A function that was powered on: nothing enabled, all vectors masked. */
    public static Behavior<Command> create(
            int vendorId,
            int deviceId,
            Bar0Layout layout,
            List<MsixVector> vectors,
            InterruptRoutes routes,
            InterruptTrace trace,
            FunctionGate gate,
            GuestMemory memory,
            ActorRef<Controller.Command> controller) {
        return Behaviors.setup(
                context ->
                        new PciConfiguration(
                                context,
                                new ConfigSpace(vendorId, deviceId, layout),
                                new MsixTable(vectors, routes),
                                new InterruptPin(routes, trace),
                                gate,
                                memory,
                                controller));
    }

    private final ConfigSpace space;
    private final MsixTable table;
    private final InterruptPin pin;
    private final FunctionGate gate;
    private final GuestMemory memory;
    private final ActorRef<Controller.Command> controller;
    private final ArrayDeque<StatusRead> statusReads = new ArrayDeque<>(0);
    private long lastCheck;
    private boolean pinDue;
    private boolean messagesEnabled; // what the controller was told

    private PciConfiguration(
            ActorContext<Command> context,
            ConfigSpace space,
            MsixTable table,
            InterruptPin pin,
            FunctionGate gate,
            GuestMemory memory,
            ActorRef<Controller.Command> controller) {
        super(context);
        this.space = space;
        this.table = table;
        this.pin = pin;
        this.gate = gate;
        this.memory = memory;
        this.controller = controller;
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        switch (message) {
            case AccessConfig(ConfigRead read) -> onRead(read);
            case ChangeConfig(ConfigWrite write) -> onChangeConfig(write);
            case WriteTable(long offset, int width, long value) ->
                    table.write(offset, width, value);
            case ReadTable(long offset, int width, long tag, var replyTo) ->
                    replyTo.tell(new ReadCompletion(tag, table.read(offset, width)));
            case ReadPending(long offset, int width, long tag, var replyTo) ->
                    replyTo.tell(new ReadCompletion(tag, table.readPending(offset, width)));
            case ResetFunction(long tag, var replyTo) -> resetFunction(tag, replyTo);
            case ResetWithSubsystem _ -> reset();
            case SetPinDue(boolean due) -> {
                pinDue = due;
                applyPin();
            }
            case PinChecked(long id) -> answerStatusReads(id);
            case Synchronize(var replyTo) -> replyTo.tell(new Synchronized());
        }
        return this;
    }

    /**
     * A head that the host wrote before it reads STS.IS may end the interrupt, and takes a while to
     * reach its queue. So the queues are asked first.
     */
    private void onRead(ConfigRead read) {
        if (isInterruptDue()
                && ConfigSpace.holdsInterruptStatus(read.offsetBytes(), read.widthBytes())) {
            lastCheck++;
            statusReads.addLast(new StatusRead(lastCheck, read));
            controller.tell(new Controller.CheckPin(lastCheck));
        } else {
            answer(read);
        }
    }

    private void answer(ConfigRead read) {
        int value = space.read(read.offsetBytes(), read.widthBytes());
        read.replyTo().tell(new ReadCompletion(read.tag(), Integer.toUnsignedLong(value)));
    }

    private void answerStatusReads(long lastOfThem) {
        while (!statusReads.isEmpty() && statusReads.getFirst().check() <= lastOfThem) {
            answer(statusReads.removeFirst().read());
        }
    }

    /** Whoever answers the host does so when the change has taken effect everywhere. */
    private void onChangeConfig(ConfigWrite write) {
        boolean mayMaster = space.mayMasterBus();
        space.write(write.offsetBytes(), write.widthBytes(), write.value());
        if (space.takeFunctionLevelReset()) {
            resetFunction(write.tag(), write.replyTo());
            return;
        }
        apply();
        if (mayMaster && !space.mayMasterBus()) {
            controller.tell(new Controller.StopBusMaster(write.tag(), write.replyTo()));
        } else {
            write.replyTo().tell(new ReadCompletion(write.tag(), 0));
        }
    }

    private void resetFunction(long tag, ActorRef<ReadCompletion> replyTo) {
        reset();
        controller.tell(new Controller.ResetFunction(tag, replyTo));
    }

    private void reset() {
        pinDue = false;
        space.reset();
        table.reset();
        apply();
    }

    private void apply() {
        gate.set(space.memorySpaceEnabled(), space.busMasterEnabled());
        memory.setBusMaster(space.busMasterEnabled());
        table.allowMessages(space.messagesUnmasked() && space.busMasterEnabled());
        if (messagesEnabled != space.messagesEnabled()) {
            messagesEnabled = !messagesEnabled;
            controller.tell(new Controller.ChangeInterruptMode(!messagesEnabled));
        }
        applyPin();
    }

    private void applyPin() {
        space.interruptStatus(isInterruptDue());
        pin.set(space.pinAsserted());
        if (!isInterruptDue()) {
            answerStatusReads(lastCheck);
        }
    }

    private boolean isInterruptDue() {
        return pinDue && !messagesEnabled;
    }
}
