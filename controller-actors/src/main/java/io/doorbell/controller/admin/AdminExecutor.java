package io.doorbell.controller.admin;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.Arbiter;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.DoorbellMemory;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.controller.queue.PinInterrupt;
import io.doorbell.controller.queue.QueueGroup;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.controller.queue.SubmissionQueue;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/**
 * Executes the admin commands of one epoch, and is its root: every queue, executor and interrupt of
 * the epoch is below it, and ends with it.
 *
 * <p>The admin queues are ordinary queue actors whose executor is this one. When both are open the
 * controller is told {@link Ready}. If anything below fails, so does the root, and the controller
 * learns it by watching.
 */
public final class AdminExecutor extends AbstractMatchingBehavior<AdminExecutor.Command> {
    public sealed interface Command {}

    /**
     * Commands of the admin queue have been fetched.
     *
     * @param mask which ones of the batch are to be executed
     */
    public record Execute(CommandBatch batch, long mask) implements Command {}

    record CompletionQueueOpened(QueueGroup.CompletionQueueOpened opened) implements Command {}

    record SubmissionQueueOpened(QueueGroup.SubmissionQueueOpened opened) implements Command {}

    record QueueClosed(QueueGroup.QueueClosed closed) implements Command {}

    record AbortAnswered(SubmissionQueue.AbortAnswer answer) implements Command {}

    /** A part of the controller looks into the shadow doorbell buffers. */
    record ShadowInUse() implements Command {}

    /** The host wrote a doorbell that fits no queue. */
    public record ReportInvalidDoorbell(InvalidDoorbell invalid) implements Command {}

    /** CC changed without a reset: IOSQES and IOCQES count for queues created from now on. */
    public record ConfigurationChanged(int configuration) implements Command {}

    /** A step that a command waits for is done. */
    record StepDone(long id, int status) implements Command {}

    record CountersRead(ShardCounters counters) implements Command {}

    record KeepAliveExpired(long round) implements Command {}

    /**
     * The host changed the way it wants to be interrupted.
     *
     * @param status who is told whether an interrupt by pin is due, or null for messages
     */
    public record SignalByPin(@Nullable ActorRef<PinInterrupt.Report> status) implements Command {}

    /** Asks whether an interrupt by pin is due as of now; answered to whom its changes are told. */
    public record CheckPin(long id) implements Command {}

    /** The admin queues are open: commands can be processed. */
    public record Ready() {}

    /** A new epoch, whose admin queues lie where {@code settings} says. */
    public static Behavior<Command> create(
            EpochSettings settings, int configuration, ActorRef<Ready> replyTo) {
        return Behaviors.setup(
                context -> new AdminExecutor(context, settings, configuration, replyTo));
    }

    private final EpochSettings settings;
    private final ActorRef<Ready> replyTo;
    private final QueueActors actors;
    private final QueueCommands queues;
    private final AsyncEvents events;
    private final Background background;
    private final CounterReader counters;
    private final KeepAlive keepAlive;
    private final AdminData data;
    private final AbortCommands aborts;
    private final DoorbellBuffers doorbellBuffers;
    private final LogPages logPages;
    private final FeatureCommands features;
    private final IdentifyPages identifyPages;
    private final NamespaceCommands namespaces;
    private final FormatCommand formats;
    private int configuration;

    private AdminExecutor(
            ActorContext<Command> context,
            EpochSettings settings,
            int configuration,
            ActorRef<Ready> replyTo) {
        super(context);
        this.settings = settings;
        this.configuration = configuration;
        this.replyTo = replyTo;
        LastingState lasting = settings.lasting();
        lasting.errors().clearEntries();
        FeatureTable table =
                new FeatureTable(
                        settings.queuePairsMax(),
                        settings.vectors().size(),
                        settings.keepAliveUnits(),
                        lasting.savedFeatures());
        QueueTable queueTable = new QueueTable(settings.queuePairsMax());
        this.actors = new QueueActors(context, settings, table, queueTable);
        this.queues =
                new QueueCommands(settings, table, actors, queueTable, () -> this.configuration);
        this.events = new AsyncEvents(table);
        this.aborts = new AbortCommands(actors, events);
        this.doorbellBuffers = new DoorbellBuffers(settings, actors);
        this.background = new Background(context, actors.ioExecutors(), settings.blocking());
        this.counters = new CounterReader(context, settings.doorbells());
        this.keepAlive = new KeepAlive(context, settings.keepAliveUnits());
        this.data = new AdminData(settings.memory(), settings.admin().pageBytes());
        this.identifyPages = new IdentifyPages(settings);
        Health health = new Health(table, events, lasting, counters);
        FeatureActions actions =
                new FeatureActions(
                        table,
                        settings.namespaces(),
                        table.io(),
                        actors,
                        background,
                        events,
                        health,
                        lasting.changedNamespaces(),
                        keepAlive);
        this.features =
                new FeatureCommands(table, lasting, settings.namespaces(), data, queues, actions);
        this.logPages = logPages(health);
        NamespaceChanges changes = new NamespaceChanges(lasting.changedNamespaces(), events, table);
        this.namespaces = new NamespaceCommands(settings, data, background, changes);
        this.formats = new FormatCommand(settings.namespaces(), background, changes);
        settings.namespaces().abandonFormats();
        actions.onSaved();
        openAdminCompletionQueue();
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Execute(CommandBatch batch, long mask) -> onExecute(batch, mask);
            case CompletionQueueOpened(var opened) -> onOpened(opened);
            case SubmissionQueueOpened(var opened) -> onOpened(opened);
            case QueueClosed(var closed) -> onClosed(closed);
            case AbortAnswered(var answer) -> onAbortAnswered(answer);
            case ShadowInUse _ -> onShadowInUse();
            case ReportInvalidDoorbell(var invalid) -> onInvalidDoorbell(invalid);
            case ConfigurationChanged(int changed) -> onConfigurationChanged(changed);
            case StepDone done -> onStepDone(done);
            case CountersRead(var read) -> onCountersRead(read);
            case KeepAliveExpired(long round) -> onKeepAliveExpired(round);
            case SignalByPin(var status) -> onSignalByPin(status);
            case CheckPin(long id) -> onCheckPin(id);
        };
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof ChildFailed failed) {
            throw new IllegalStateException(
                    failed.getRef().path().name() + " failed.", failed.getCause());
        }
        if (signal instanceof PostStop) {
            keepAlive.stop();
        }
        return signal instanceof Terminated ? this : Behaviors.unhandled(); // done with its work
    }

    private void openAdminCompletionQueue() {
        EpochSettings.AdminQueues admin = settings.admin();
        actors.openCompletionQueue(
                new CompletionQueue.Settings(
                        0,
                        admin.completionEntries(),
                        adminWindow(
                                admin.completionBase(),
                                (long) admin.completionEntries() * CompletionEntry.SIZE_BYTES),
                        actors.interrupt(0, 0)));
    }

    private void openAdminSubmissionQueue(ActorRef<CompletionQueue.Command> completionQueue) {
        EpochSettings.AdminQueues admin = settings.admin();
        ActorRef<Command> self = getContext().getSelf();
        actors.openSubmissionQueue(
                new SubmissionQueue.Settings(
                        0,
                        admin.submissionEntries(),
                        adminWindow(
                                admin.submissionBase(),
                                (long) admin.submissionEntries() * SubmissionEntry.SIZE_BYTES),
                        actors.burst(),
                        batch -> self.tell(new Execute(batch, batch.all())),
                        completionQueue,
                        actors.arbitration(Arbiter.Priority.ADMIN)),
                0);
    }

    /** The controller checks this before it starts an epoch; memory may have gone since. */
    private MemoryWindow adminWindow(long base, long sizeBytes) {
        MemoryWindow window = settings.memory().window(base, sizeBytes);
        if (window == null) {
            throw new IllegalStateException(
                    "Admin queue at %xh is not in guest memory.".formatted(base));
        }
        return window;
    }

    private Behavior<Command> onOpened(QueueGroup.CompletionQueueOpened opened) {
        if (opened.queueId() == 0) {
            openAdminSubmissionQueue(opened.queue());
        } else {
            queues.completionQueueOpened(opened.queueId(), opened.queue());
        }
        return this;
    }

    private Behavior<Command> onOpened(QueueGroup.SubmissionQueueOpened opened) {
        if (opened.queueId() == 0) {
            replyTo.tell(new Ready());
        } else {
            queues.submissionQueueOpened(opened.queueId());
        }
        return this;
    }

    private Behavior<Command> onClosed(QueueGroup.QueueClosed closed) {
        queues.queueClosed(closed.doorbell());
        return this;
    }

    private Behavior<Command> onAbortAnswered(SubmissionQueue.AbortAnswer answer) {
        aborts.answered(answer);
        return this;
    }

    private Behavior<Command> onShadowInUse() {
        doorbellBuffers.inUse();
        return this;
    }

    private Behavior<Command> onInvalidDoorbell(InvalidDoorbell invalid) {
        int event =
                invalid.noSuchQueue()
                        ? AsynchronousEvent.INVALID_DOORBELL_REGISTER
                        : AsynchronousEvent.INVALID_DOORBELL_VALUE;
        settings.errors().add(Status.INVALID_FIELD_IN_COMMAND);
        events.raise(event);
        settings.doorbells().owner(invalid.doorbell()).tell(DoorbellMemory.INVALID_NOTED);
        return this;
    }

    private Behavior<Command> onConfigurationChanged(int changed) {
        configuration = changed;
        keepAlive.onConfiguration(changed);
        return this;
    }

    private Behavior<Command> onStepDone(StepDone done) {
        background.onDone(done);
        return this;
    }

    private Behavior<Command> onCountersRead(ShardCounters read) {
        counters.onRead(read);
        return this;
    }

    /** The host is gone: the epoch ends, and the controller with CSTS.CFS (Base §3.9). */
    private Behavior<Command> onKeepAliveExpired(long round) {
        if (!keepAlive.isOver(round)) {
            return this;
        }
        settings.errors().add(Status.KEEP_ALIVE_TIMER_EXPIRED);
        return Behaviors.stopped();
    }

    private Behavior<Command> onSignalByPin(@Nullable ActorRef<PinInterrupt.Report> status) {
        actors.signalByPin(status);
        return this;
    }

    private Behavior<Command> onCheckPin(long id) {
        actors.checkPin(id);
        return this;
    }

    private Behavior<Command> onExecute(CommandBatch batch, long mask) {
        long done = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            PendingCommand command = new PendingCommand(batch, index, settings.errors());
            if (run(command) instanceof AdminOutcome.Done outcome) {
                command.complete(outcome);
                done |= 1L << index;
            }
        }
        if (done != 0) {
            batch.completed(done);
        }
        return this;
    }

    private AdminOutcome run(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        if (entry.dataPointerKind() != SubmissionEntry.DATA_POINTER_PRP
                || entry.fuse() != SubmissionEntry.FUSE_NONE) {
            return AdminOutcome.invalidField(SubmissionEntry.CDW0_OFFSET_BYTES + 1);
        }
        return switch (entry.opcode()) {
            case AdminOpcode.IDENTIFY -> identify(command);
            case AdminOpcode.GET_LOG_PAGE -> logPages.get(command);
            case AdminOpcode.GET_FEATURES -> features.get(command);
            case AdminOpcode.SET_FEATURES -> features.set(command);
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE -> queues.createCompletionQueue(command);
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE -> queues.createSubmissionQueue(command);
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE -> queues.deleteSubmissionQueue(command);
            case AdminOpcode.DELETE_IO_COMPLETION_QUEUE -> queues.deleteCompletionQueue(command);
            case AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST -> events.request(command);
            case AdminOpcode.ABORT -> aborts.abort(command);
            case AdminOpcode.DOORBELL_BUFFER_CONFIG -> doorbellBuffers.configure(command);
            case AdminOpcode.NAMESPACE_MANAGEMENT -> namespaces.manage(command);
            case AdminOpcode.NAMESPACE_ATTACHMENT -> namespaces.attach(command);
            case AdminOpcode.FORMAT_NVM -> formats.format(command);
            case AdminOpcode.KEEP_ALIVE -> keepAlive.command();
            default -> AdminOutcome.refused(Status.INVALID_COMMAND_OPCODE);
        };
    }

    private AdminOutcome identify(PendingCommand command) {
        MemorySegment page = data.cleared();
        int status = identifyPages.fill(command.entry(), page);
        return status == Status.SUCCESS
                ? AdminOutcome.done(data.send(command, page, Identify.DATA_SIZE_BYTES))
                : AdminOutcome.done(status);
    }

    private LogPages logPages(Health health) {
        CommandSupport commands =
                new CommandSupport(
                        settings.optionalAdminCommands(),
                        IdentifyPages.OPTIONAL_NVM_COMMANDS,
                        settings.keepAliveUnits() > 0);
        return new LogPages(data, events, settings.transferBytesMax())
                .add(LogPageId.ERROR_INFORMATION, settings.errors())
                .add(LogPageId.SMART_HEALTH_INFORMATION, health)
                .add(LogPageId.FIRMWARE_SLOT_INFORMATION, FixedPages.firmware(settings.identity()))
                .add(LogPageId.CHANGED_NAMESPACE_LIST, settings.lasting().changedNamespaces())
                .add(LogPageId.COMMANDS_SUPPORTED_AND_EFFECTS, commands)
                .add(
                        LogPageId.FEATURE_IDENTIFIERS_SUPPORTED_AND_EFFECTS,
                        new FeatureSupport(features))
                .add(LogPageId.NVME_MI_COMMANDS_SUPPORTED_AND_EFFECTS, FixedPages.management());
    }
}
