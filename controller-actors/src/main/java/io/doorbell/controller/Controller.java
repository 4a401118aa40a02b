package io.doorbell.controller;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.controller.admin.AdminExecutor;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.pci.FunctionGate;
import io.doorbell.controller.pci.MsixVector;
import io.doorbell.controller.queue.DoorbellDirectory;
import io.doorbell.controller.queue.DoorbellMemory;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.controller.queue.PinInterrupt;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.ReadyTimeouts;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubsystemReset;
import io.doorbell.spec.Version;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Owner of the controller registers: decides when an epoch begins and ends (Base §3.5.1, §3.6.1,
 * §3.7).
 *
 * <pre>
 *  Disabled ──EN=1──▶ Enabling ──admin queues open──▶ Ready (also while shutting down)
 *     ▲ ▲                │  └─────────failure────────┐  │ │
 *     │ │             EN=0                           ▼  │ │
 *     │ │                │                      Fatal ◀─┘ │ failure, bus mastering off
 *     │ └── all gone ── Resetting ◀──EN=0──────────┴──────┘
 *     └────── EN=1 with bad CC, AQA, ASQ or ACQ: Fatal, without an epoch
 * </pre>
 *
 * An epoch is everything below one {@link AdminExecutor}. A reset stops it and waits until nothing
 * of it is left, then clears the doorbells; only then RDY reads 0, so no DMA follows it. A function
 * or subsystem reset does the same from any state, and keeps less.
 */
public final class Controller {
    /** VS. */
    static final int VERSION = Version.V2_0;

    public sealed interface Command {}

    /** A load from the registers below 1000h. */
    public record ReadRegister(
            long offsetBytes, int widthBytes, long tag, ActorRef<ReadCompletion> replyTo)
            implements Command {}

    /** A store into the registers below 1000h. */
    public record WriteRegister(long offsetBytes, int widthBytes, long value) implements Command {}

    /** Answered when every earlier write has taken effect. */
    public record Synchronize(ActorRef<Synchronized> replyTo) implements Command {}

    /** The function is being reset; answered when nothing of it is left. */
    public record ResetFunction(long tag, ActorRef<ReadCompletion> replyTo) implements Command {}

    /** Bus mastering was switched off; answered when no DMA will come any more. */
    public record StopBusMaster(long tag, ActorRef<ReadCompletion> replyTo) implements Command {}

    /** A doorbell was written that fits no queue. */
    public record ReportInvalidDoorbell(InvalidDoorbell invalid) implements Command {}

    private record EpochReady(long epoch) implements Command {}

    private record DoorbellsReset() implements Command {}

    private record CachesFlushed(long shutdown) implements Command {}

    public record Synchronized() {}

    /** MSI-X was enabled or disabled: interrupts are messages, or asserted by pin. */
    public record ChangeInterruptMode(boolean byPin) implements Command {}

    /** Answered with {@link PinChecked}, unless {@link PinDue} said meanwhile that none is due. */
    public record CheckPin(long id) implements Command {}

    private record PinReported(PinInterrupt.Report report) implements Command {}

    /** What the PCI function around this controller is told. */
    sealed interface FunctionEvent {}

    /** NSSR was written: the function is to be reset too. */
    record SubsystemResetBegun() implements FunctionEvent {}

    /** Whether an interrupt by pin is due. */
    record PinDue(boolean due) implements FunctionEvent {}

    /** What was said last about the pin takes into account what the host wrote before the check. */
    record PinChecked(long id) implements FunctionEvent {}

    /**
     * The parts of the device that outlive an epoch.
     *
     * @param vectors one for each MSI-X vector
     * @param blocking a dispatcher whose threads may wait for a disk
     * @param nanoTime controller time, in nanoseconds from any origin
     * @param function told of each NVM subsystem reset, and of the pin
     */
    record Parts(
            ControllerSettings settings,
            GuestMemory memory,
            NamespaceTable namespaces,
            List<MsixVector> vectors,
            FunctionGate gate,
            DispatcherSelector blocking,
            LongSupplier nanoTime,
            ActorRef<FunctionEvent> function) {}

    /** Who waits until nothing of an epoch is left. */
    private record Waiter(long tag, ActorRef<ReadCompletion> replyTo) {}

    /** A controller that was powered on: disabled, all registers at their reset values. */
    static Behavior<Command> create(Parts parts, long capabilities, DoorbellDirectory doorbells) {
        return Behaviors.setup(
                context -> new Controller(context, parts, capabilities, doorbells).disabled());
    }

    private final ActorContext<Command> context;
    private final Parts parts;
    private final DoorbellDirectory doorbells;
    private final ControllerRegisters registers;
    private final EpochStart epochStart;
    private final Shutdown shutdown;
    private final PinStatus pin;
    private final ActorRef<PinInterrupt.Report> pinReports;
    private final List<Waiter> waiters = new ArrayList<>();
    private ResetKind resetKind = ResetKind.CONTROLLER; // of the reset that is going on
    private long epochNumber;

    private Controller(
            ActorContext<Command> context,
            Parts parts,
            long capabilities,
            DoorbellDirectory doorbells) {
        this.context = context;
        this.parts = parts;
        this.doorbells = doorbells;
        this.registers =
                new ControllerRegisters(
                        capabilities,
                        VERSION,
                        ReadyTimeouts.of(parts.settings().readyTimeoutHalfSeconds(), 0));
        this.epochStart = new EpochStart(parts, doorbells, registers);
        this.pin = new PinStatus(registers, parts.function());
        this.pinReports = context.messageAdapter(PinInterrupt.Report.class, PinReported::new);
        this.shutdown =
                new Shutdown(
                        context,
                        parts,
                        registers,
                        context.messageAdapter(
                                CacheFlush.Done.class, done -> new CachesFlushed(done.shutdown())));
    }

    // ---- states ----------------------------------------------------------------------------

    /** CC.EN = 0, CSTS.RDY = 0. */
    private Behavior<Command> disabled() {
        return state(
                message ->
                        switch (message) {
                            case WriteRegister write -> {
                                if (isSubsystemReset(write)) {
                                    yield beginReset(ResetKind.SUBSYSTEM, null);
                                }
                                write(write);
                                if (isEnabled()) {
                                    yield enable();
                                }
                                shutdown.onConfigurationWritten();
                                yield Behaviors.same();
                            }
                            case ResetFunction reset -> onResetFunction(reset, null);
                            case StopBusMaster(long tag, var replyTo) -> {
                                replyTo.tell(new ReadCompletion(tag, 0));
                                yield Behaviors.same();
                            }
                            default -> onAny(message);
                        },
                null);
    }

    /** CC.EN = 1, CSTS.RDY = 0: the admin queues are being opened. */
    private Behavior<Command> enabling(ActorRef<AdminExecutor.Command> epoch) {
        return state(
                message ->
                        switch (message) {
                            case WriteRegister write -> onWriteWhileEnabled(write, epoch);
                            case EpochReady ready when ready.epoch() == epochNumber -> {
                                registers.setReady(true);
                                shutdown.onConfigurationWritten();
                                yield become(ready(epoch), "admin queues open");
                            }
                            case ChangeInterruptMode change -> onInterruptMode(change, epoch);
                            case PinReported(var report) -> onPinReport(report);
                            case CheckPin check -> onCheckPin(check, epoch);
                            case ResetFunction reset -> onResetFunction(reset, epoch);
                            case StopBusMaster stop -> onStopBusMaster(stop, epoch);
                            default -> onAny(message);
                        },
                epoch);
    }

    /** CC.EN = 1, CSTS.RDY = 1: commands are processed. */
    private Behavior<Command> ready(ActorRef<AdminExecutor.Command> epoch) {
        return state(
                message ->
                        switch (message) {
                            case WriteRegister write -> {
                                Behavior<Command> next = onWriteWhileEnabled(write, epoch);
                                epoch.tell(
                                        new AdminExecutor.ConfigurationChanged(
                                                registers.configuration()));
                                shutdown.onConfigurationWritten();
                                yield next;
                            }
                            case ReportInvalidDoorbell(var invalid) -> {
                                epoch.tell(new AdminExecutor.ReportInvalidDoorbell(invalid));
                                yield Behaviors.same();
                            }
                            case ChangeInterruptMode change -> onInterruptMode(change, epoch);
                            case PinReported(var report) -> onPinReport(report);
                            case CheckPin check -> onCheckPin(check, epoch);
                            case ResetFunction reset -> onResetFunction(reset, epoch);
                            case StopBusMaster stop -> onStopBusMaster(stop, epoch);
                            default -> onAny(message);
                        },
                epoch);
    }

    /** CC.EN = 0, CSTS.RDY as before: the epoch is ending, then the doorbells are cleared. */
    private Behavior<Command> resetting(int doorbellMemoriesLeft) {
        return Behaviors.receive(Command.class)
                .onMessage(
                        Command.class,
                        message ->
                                switch (message) {
                                    case WriteRegister write -> {
                                        write(write);
                                        yield Behaviors.same();
                                    }
                                    case DoorbellsReset _ ->
                                            doorbellMemoriesLeft == 1
                                                    ? resetDone()
                                                    : resetting(doorbellMemoriesLeft - 1);
                                    case ResetFunction(long tag, var replyTo) -> {
                                        waiters.add(new Waiter(tag, replyTo));
                                        resetKind = resetKind.stronger(ResetKind.FUNCTION);
                                        registers.setConfiguration(0);
                                        yield Behaviors.same();
                                    }
                                    case StopBusMaster(long tag, var replyTo) -> {
                                        waiters.add(new Waiter(tag, replyTo));
                                        yield Behaviors.same();
                                    }
                                    default -> onAny(message);
                                })
                .onSignal(
                        Terminated.class,
                        _ -> {
                            clearDoorbells();
                            return Behaviors.same();
                        })
                .build();
    }

    /**
     * CSTS.CFS = 1: nothing is processed until the host resets us (Base §9.5).
     *
     * @param epoch what is still ending, or null if nothing is left of it
     */
    private Behavior<Command> fatal(@Nullable ActorRef<AdminExecutor.Command> epoch) {
        return Behaviors.receive(Command.class)
                .onMessage(
                        Command.class,
                        message ->
                                switch (message) {
                                    case WriteRegister write -> {
                                        if (isSubsystemReset(write)) {
                                            yield beginReset(ResetKind.SUBSYSTEM, epoch);
                                        }
                                        write(write);
                                        yield isEnabled()
                                                ? Behaviors.same()
                                                : beginReset(ResetKind.CONTROLLER, epoch);
                                    }
                                    case ResetFunction reset -> onResetFunction(reset, epoch);
                                    case StopBusMaster(long tag, var replyTo) -> {
                                        waiters.add(new Waiter(tag, replyTo));
                                        answerWaitersIf(epoch == null);
                                        yield Behaviors.same();
                                    }
                                    default -> onAny(message);
                                })
                .onSignal(
                        Terminated.class,
                        _ -> {
                            answerWaitersIf(true);
                            return fatal(null);
                        })
                .build();
    }

    /** A state whose epoch, if it has one, may fail under it. */
    private Behavior<Command> state(
            Function<Command, Behavior<Command>> handler,
            @Nullable ActorRef<AdminExecutor.Command> epoch) {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, handler::apply)
                .onSignal(
                        ChildFailed.class,
                        failed -> {
                            boolean current =
                                    epoch != null && failed.getRef().path().equals(epoch.path());
                            return current ? fail("the epoch failed", null) : Behaviors.same();
                        })
                .onSignal(
                        Terminated.class,
                        ended -> {
                            boolean current =
                                    epoch != null && ended.getRef().path().equals(epoch.path());
                            return current ? fail("the epoch ended", null) : Behaviors.same();
                        })
                .build();
    }

    /** What is the same in every state. */
    private Behavior<Command> onAny(Command message) {
        switch (message) {
            case ReadRegister(long offset, int width, long tag, var replyTo) ->
                    replyTo.tell(new ReadCompletion(tag, registers.read(offset, width)));
            case Synchronize(var replyTo) -> replyTo.tell(new Synchronized());
            case CachesFlushed(long flushed) -> shutdown.onFlushed(flushed);
            case ChangeInterruptMode(boolean byPin) -> registers.setPinUsed(byPin);
            case ReportInvalidDoorbell(var invalid) ->
                    doorbells.owner(invalid.doorbell()).tell(DoorbellMemory.INVALID_NOTED);
            case PinReported _,
                    CheckPin _,
                    EpochReady _,
                    DoorbellsReset _,
                    WriteRegister _,
                    ResetFunction _,
                    StopBusMaster _ -> {} // of an epoch that is over
        }
        return Behaviors.same();
    }

    // ---- transitions -----------------------------------------------------------------------

    private Behavior<Command> enable() {
        if (!epochStart.isPossible()) {
            return fail("CC.EN set with CC, AQA, ASQ or ACQ that cannot be used", null);
        }
        registers.setShutdownStatus(ControllerStatus.SHUTDOWN_NORMAL_OPERATION);
        epochNumber++;
        long epoch = epochNumber;
        ActorRef<AdminExecutor.Ready> ready =
                context.messageAdapter(AdminExecutor.Ready.class, _ -> new EpochReady(epoch));
        ActorRef<AdminExecutor.Command> root =
                context.spawn(
                        AdminExecutor.create(
                                epochStart.settings(), registers.configuration(), ready),
                        "epoch-" + epoch,
                        doorbells.shards().getFirst().dispatcher());
        context.watch(root);
        if (registers.pinUsed()) {
            root.tell(new AdminExecutor.SignalByPin(pinReports));
        }
        return become(enabling(root), "CC.EN set");
    }

    private Behavior<Command> onInterruptMode(
            ChangeInterruptMode change, ActorRef<AdminExecutor.Command> epoch) {
        registers.setPinUsed(change.byPin());
        epoch.tell(new AdminExecutor.SignalByPin(change.byPin() ? pinReports : null));
        return Behaviors.same();
    }

    private Behavior<Command> onPinReport(PinInterrupt.Report report) {
        switch (report) {
            case PinInterrupt.StatusChanged(boolean due) -> pin.set(due);
            case PinInterrupt.Checked(long id) -> parts.function().tell(new PinChecked(id));
        }
        return Behaviors.same();
    }

    private static Behavior<Command> onCheckPin(
            CheckPin check, ActorRef<AdminExecutor.Command> epoch) {
        epoch.tell(new AdminExecutor.CheckPin(check.id()));
        return Behaviors.same();
    }

    private Behavior<Command> onWriteWhileEnabled(
            WriteRegister write, ActorRef<AdminExecutor.Command> epoch) {
        if (isSubsystemReset(write)) {
            return beginReset(ResetKind.SUBSYSTEM, epoch);
        }
        write(write);
        return isEnabled() ? Behaviors.same() : beginReset(ResetKind.CONTROLLER, epoch);
    }

    private Behavior<Command> onResetFunction(
            ResetFunction reset, @Nullable ActorRef<AdminExecutor.Command> epoch) {
        waiters.add(new Waiter(reset.tag(), reset.replyTo()));
        return beginReset(ResetKind.FUNCTION, epoch);
    }

    /**
     * @param epoch what has to end first, or null
     */
    private Behavior<Command> beginReset(
            ResetKind kind, @Nullable ActorRef<AdminExecutor.Command> epoch) {
        resetKind = kind;
        pin.set(false);
        if (kind != ResetKind.CONTROLLER) {
            registers.setConfiguration(0);
        }
        if (kind == ResetKind.SUBSYSTEM) {
            parts.function().tell(new SubsystemResetBegun());
        }
        if (epoch == null) {
            clearDoorbells();
        } else {
            context.stop(epoch);
        }
        return become(resetting(memoryCount()), kind.reason());
    }

    private Behavior<Command> resetDone() {
        boolean shutdownAsked = shutdown.isAsked();
        registers.reset(resetKind);
        answerWaitersIf(true);
        if (isEnabled()) {
            return enable();
        }
        if (shutdownAsked) { // SHN together with EN=0 is a reset and a shutdown (Base §3.1.3.5)
            shutdown.begin();
        }
        return become(disabled(), "reset done");
    }

    /** A function that may not master the bus can serve nobody, and cannot say so otherwise. */
    private Behavior<Command> onStopBusMaster(
            StopBusMaster stop, ActorRef<AdminExecutor.Command> epoch) {
        waiters.add(new Waiter(stop.tag(), stop.replyTo()));
        context.stop(epoch);
        return fail("bus mastering was switched off", epoch);
    }

    /**
     * @param epoch what is still ending, or null
     */
    private Behavior<Command> fail(String reason, @Nullable ActorRef<AdminExecutor.Command> epoch) {
        registers.setFatal();
        pin.set(false);
        return become(fatal(epoch), reason);
    }

    /** The only way to another state, so every change is logged once, with its reason. */
    private Behavior<Command> become(Behavior<Command> next, String reason) {
        context.getLog().debug("Controller state changed: {}", reason);
        return next;
    }

    private void answerWaitersIf(boolean allIsGone) {
        if (allIsGone) {
            waiters.forEach(waiter -> waiter.replyTo().tell(new ReadCompletion(waiter.tag(), 0)));
            waiters.clear();
        }
    }

    private void clearDoorbells() {
        ActorRef<DoorbellMemory.ResetDone> done =
                context.messageAdapter(DoorbellMemory.ResetDone.class, _ -> new DoorbellsReset());
        for (ActorRef<DoorbellMemory.Command> memory : doorbells.memories()) {
            memory.tell(new DoorbellMemory.Reset(done));
        }
    }

    // ---- registers -------------------------------------------------------------------------

    private void write(WriteRegister write) {
        if (write.offsetBytes() == Registers.CC && write.widthBytes() == Integer.BYTES) {
            registers.setConfiguration((int) write.value());
        } else {
            registers.write(write.offsetBytes(), write.widthBytes(), write.value());
            pin.update();
        }
    }

    private boolean isSubsystemReset(WriteRegister write) {
        return parts.settings().options().subsystemReset()
                && write.offsetBytes() == Registers.NSSR
                && write.widthBytes() == Integer.BYTES
                && (int) write.value() == SubsystemReset.RESET;
    }

    private boolean isEnabled() {
        return ControllerConfiguration.enabled(registers.configuration());
    }

    private int memoryCount() {
        return doorbells.memories().size();
    }
}
