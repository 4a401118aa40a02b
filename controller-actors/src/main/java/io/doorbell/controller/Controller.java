package io.doorbell.controller;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.controller.admin.AdminExecutor;
import io.doorbell.controller.admin.EpochSettings;
import io.doorbell.controller.admin.ErrorLog;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.pci.MsixVector;
import io.doorbell.controller.queue.DoorbellDirectory;
import io.doorbell.controller.queue.DoorbellMemory;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.Version;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * Owner of the controller registers: decides when an epoch begins and ends (Base §3.5.1, §3.6.1,
 * §3.7.2).
 *
 * <pre>
 *  Disabled ──EN=1──▶ Enabling ──admin queues open──▶ Ready (also while shutting down)
 *     ▲ ▲                │  └─────────failure────────┐  │ │
 *     │ │             EN=0                           ▼  │ │
 *     │ │                │                      Fatal ◀─┘ │ failure
 *     │ └── all gone ── Resetting ◀──EN=0──────────┴──────┘
 *     └────── EN=1 with bad CC, AQA, ASQ or ACQ: Fatal, without an epoch
 * </pre>
 *
 * An epoch is everything below one {@link AdminExecutor}. A reset stops it and waits until nothing
 * of it is left, then clears the doorbells; only then RDY reads 0, so no DMA follows it.
 */
public final class Controller {
    public sealed interface Command {}

    /** A load from the registers below 1000h. */
    public record ReadRegister(
            long offsetBytes, int widthBytes, long tag, ActorRef<ReadCompletion> replyTo)
            implements Command {}

    /** A store into the registers below 1000h. */
    public record WriteRegister(long offsetBytes, int widthBytes, long value) implements Command {}

    /** Answered when every earlier write has taken effect. */
    public record Synchronize(ActorRef<Synchronized> replyTo) implements Command {}

    /** A doorbell was written that fits no queue. */
    public record ReportInvalidDoorbell(InvalidDoorbell invalid) implements Command {}

    private record EpochReady(long epoch) implements Command {}

    private record DoorbellsReset() implements Command {}

    private record CachesFlushed(long shutdown) implements Command {}

    public record Synchronized() {}

    /**
     * The parts of the device that outlive an epoch.
     *
     * @param vectors one for each MSI-X vector
     * @param blocking a dispatcher whose threads may wait for a disk
     */
    record Parts(
            ControllerSettings settings,
            GuestMemory memory,
            NamespaceTable namespaces,
            List<MsixVector> vectors,
            DispatcherSelector blocking) {}

    /** A controller that was powered on: disabled, all registers at their reset values. */
    static Behavior<Command> create(Parts parts, long capabilities, DoorbellDirectory doorbells) {
        return Behaviors.setup(
                context -> new Controller(context, parts, capabilities, doorbells).disabled());
    }

    private final ActorContext<Command> context;
    private final Parts parts;
    private final DoorbellDirectory doorbells;
    private final ControllerRegisters registers;
    private final ErrorLog errors = new ErrorLog();
    private long epochNumber;
    private long shutdownNumber; // tells the flush of one shutdown from that of another

    private Controller(
            ActorContext<Command> context,
            Parts parts,
            long capabilities,
            DoorbellDirectory doorbells) {
        this.context = context;
        this.parts = parts;
        this.doorbells = doorbells;
        this.registers = new ControllerRegisters(capabilities, Version.V1_4, 0);
    }

    // ---- states ----------------------------------------------------------------------------

    /** CC.EN = 0, CSTS.RDY = 0. */
    private Behavior<Command> disabled() {
        return state(
                message ->
                        switch (message) {
                            case WriteRegister write -> {
                                write(write);
                                if (isEnabled()) {
                                    yield enable();
                                }
                                notifyShutdown();
                                yield Behaviors.same();
                            }
                            case CachesFlushed flushed -> onFlushed(flushed);
                            case ReportInvalidDoorbell _, EpochReady _, DoorbellsReset _ ->
                                    Behaviors.same();
                            case ReadRegister read -> answer(read);
                            case Synchronize synchronize -> answer(synchronize);
                        },
                null);
    }

    /** CC.EN = 1, CSTS.RDY = 0: the admin queues are being opened. */
    private Behavior<Command> enabling(ActorRef<AdminExecutor.Command> epoch) {
        return state(
                message ->
                        switch (message) {
                            case WriteRegister write -> {
                                write(write);
                                yield isEnabled() ? Behaviors.same() : reset(epoch);
                            }
                            case EpochReady ready when ready.epoch() == epochNumber -> {
                                registers.setReady(true);
                                notifyShutdown();
                                yield become(ready(epoch), "admin queues open");
                            }
                            case EpochReady _, DoorbellsReset _, ReportInvalidDoorbell _ ->
                                    Behaviors.same();
                            case CachesFlushed flushed -> onFlushed(flushed);
                            case ReadRegister read -> answer(read);
                            case Synchronize synchronize -> answer(synchronize);
                        },
                epoch);
    }

    /** CC.EN = 1, CSTS.RDY = 1: commands are processed. */
    private Behavior<Command> ready(ActorRef<AdminExecutor.Command> epoch) {
        return state(
                message ->
                        switch (message) {
                            case WriteRegister write -> {
                                write(write);
                                if (!isEnabled()) {
                                    yield reset(epoch);
                                }
                                epoch.tell(
                                        new AdminExecutor.ConfigurationChanged(
                                                registers.configuration()));
                                notifyShutdown();
                                yield Behaviors.same();
                            }
                            case ReportInvalidDoorbell(var invalid) -> {
                                epoch.tell(new AdminExecutor.ReportInvalidDoorbell(invalid));
                                yield Behaviors.same();
                            }
                            case CachesFlushed flushed -> onFlushed(flushed);
                            case EpochReady _, DoorbellsReset _ -> Behaviors.same();
                            case ReadRegister read -> answer(read);
                            case Synchronize synchronize -> answer(synchronize);
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
                                    case ReportInvalidDoorbell _, EpochReady _, CachesFlushed _ ->
                                            Behaviors.same();
                                    case ReadRegister read -> answer(read);
                                    case Synchronize synchronize -> answer(synchronize);
                                })
                .onSignal(
                        Terminated.class,
                        _ -> {
                            clearDoorbells();
                            return Behaviors.same();
                        })
                .build();
    }

    /** CSTS.CFS = 1: nothing is processed until the host resets us (Base §9.5). */
    private Behavior<Command> fatal() {
        return state(
                message ->
                        switch (message) {
                            case WriteRegister write -> {
                                write(write);
                                if (isEnabled()) {
                                    yield Behaviors.same();
                                }
                                clearDoorbells();
                                yield become(resetting(memoryCount()), "CC.EN cleared");
                            }
                            case ReportInvalidDoorbell _,
                                    EpochReady _,
                                    DoorbellsReset _,
                                    CachesFlushed _ ->
                                    Behaviors.same();
                            case ReadRegister read -> answer(read);
                            case Synchronize synchronize -> answer(synchronize);
                        },
                null);
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
                            return current ? fail("the epoch failed") : Behaviors.same();
                        })
                .onSignal(Terminated.class, _ -> Behaviors.same())
                .build();
    }

    // ---- transitions -----------------------------------------------------------------------

    private Behavior<Command> enable() {
        if (!registers.canEnable() || !adminQueuesInMemory()) {
            return fail("CC.EN set with CC, AQA, ASQ or ACQ that cannot be used");
        }
        registers.setShutdownStatus(ControllerStatus.SHUTDOWN_NORMAL_OPERATION);
        epochNumber++;
        long epoch = epochNumber;
        ActorRef<AdminExecutor.Ready> ready =
                context.messageAdapter(AdminExecutor.Ready.class, _ -> new EpochReady(epoch));
        ActorRef<AdminExecutor.Command> root =
                context.spawn(
                        AdminExecutor.create(epochSettings(), registers.configuration(), ready),
                        "epoch-" + epoch,
                        DispatcherSelector.sameAsParent());
        context.watch(root);
        return become(enabling(root), "CC.EN set");
    }

    private Behavior<Command> reset(ActorRef<AdminExecutor.Command> epoch) {
        context.stop(epoch);
        return become(resetting(memoryCount()), "CC.EN cleared");
    }

    private Behavior<Command> resetDone() {
        boolean shutdown = isShutdownAsked();
        registers.reset();
        if (isEnabled()) {
            return enable();
        }
        if (shutdown) { // SHN together with EN=0 is a reset and a shutdown (Base §3.1.3.5)
            beginShutdown();
        }
        return become(disabled(), "reset done");
    }

    private Behavior<Command> fail(String reason) {
        registers.setFatal();
        return become(fatal(), reason);
    }

    /** The only way to another state, so every change is logged once, with its reason. */
    private Behavior<Command> become(Behavior<Command> next, String reason) {
        context.getLog().debug("Controller state changed: {}", reason);
        return next;
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
        }
    }

    /** CC.SHN: flush, then say so; the answer stays until a reset (Base §3.6.1). */
    private void notifyShutdown() {
        if (isShutdownAsked()
                && registers.shutdownStatus() == ControllerStatus.SHUTDOWN_NORMAL_OPERATION) {
            beginShutdown();
        }
    }

    private boolean isShutdownAsked() {
        return ControllerConfiguration.shutdownNotification(registers.configuration())
                != ControllerConfiguration.SHUTDOWN_NONE;
    }

    private void beginShutdown() {
        registers.setShutdownStatus(ControllerStatus.SHUTDOWN_IN_PROGRESS);
        shutdownNumber++;
        context.spawnAnonymous(
                CacheFlush.create(
                        parts.namespaces(),
                        shutdownNumber,
                        context.messageAdapter(
                                CacheFlush.Done.class, done -> new CachesFlushed(done.shutdown()))),
                parts.blocking());
        context.getLog().debug("Shutdown asked for, epoch {}", epochNumber);
    }

    private Behavior<Command> onFlushed(CachesFlushed flushed) {
        if (flushed.shutdown() == shutdownNumber
                && registers.shutdownStatus() == ControllerStatus.SHUTDOWN_IN_PROGRESS) {
            registers.setShutdownStatus(ControllerStatus.SHUTDOWN_COMPLETE);
        }
        return Behaviors.same();
    }

    private Behavior<Command> answer(ReadRegister read) {
        long value = registers.read(read.offsetBytes(), read.widthBytes());
        read.replyTo().tell(new ReadCompletion(read.tag(), value));
        return Behaviors.same();
    }

    private static Behavior<Command> answer(Synchronize synchronize) {
        synchronize.replyTo().tell(new Synchronized());
        return Behaviors.same();
    }

    private boolean isEnabled() {
        return ControllerConfiguration.enabled(registers.configuration());
    }

    private boolean adminQueuesInMemory() {
        return isInMemory(
                        registers.submissionBase(),
                        (long) registers.submissionEntries() * SubmissionEntry.SIZE_BYTES,
                        false)
                && isInMemory(
                        registers.completionBase(),
                        (long) registers.completionEntries() * CompletionEntry.SIZE_BYTES,
                        true);
    }

    private boolean isInMemory(long base, long sizeBytes, boolean forStore) {
        return parts.memory().check(base, sizeBytes, forStore).isOk()
                && parts.memory().window(base, sizeBytes) != null;
    }

    private int memoryCount() {
        return doorbells.memories().size();
    }

    private EpochSettings epochSettings() {
        ControllerSettings settings = parts.settings();
        return new EpochSettings(
                doorbells,
                parts.vectors(),
                parts.memory(),
                parts.namespaces(),
                parts.blocking(),
                settings.identity(),
                Version.V1_4,
                settings.queuePairsMax(),
                settings.queueEntriesMax(),
                settings.transferSizeLog2Pages(),
                settings.burst(),
                errors,
                new EpochSettings.AdminQueues(
                        registers.submissionBase(),
                        registers.submissionEntries(),
                        registers.completionBase(),
                        registers.completionEntries(),
                        ControllerConfiguration.memoryPageSizeBytes(registers.configuration())));
    }
}
