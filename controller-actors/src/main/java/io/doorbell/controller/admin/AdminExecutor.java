package io.doorbell.controller.admin;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.controller.queue.Arbiter;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.controller.queue.QueueGroup;
import io.doorbell.controller.queue.SubmissionQueue;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.log.AsynchronousEvent;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.lang.foreign.Arena;
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

    private record Execute(CommandBatch batch) implements Command {}

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
    private final FeatureTable features;
    private final QueueActors actors;
    private final QueueCommands queues;
    private final AsyncEvents events = new AsyncEvents();
    private final AbortCommands aborts;
    private final DoorbellBuffers doorbellBuffers;
    private final ErrorLog errors;
    private final LogPages logPages;
    private final IdentifyPages identifyPages;
    private final MemorySegment page;
    private final MemorySegment scratch;
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
        this.features = new FeatureTable(settings.queuePairsMax(), settings.vectors().size());
        this.actors = new QueueActors(context, settings, features);
        this.queues = new QueueCommands(settings, features, actors, () -> this.configuration);
        this.aborts = new AbortCommands(actors, events);
        this.doorbellBuffers = new DoorbellBuffers(settings, actors);
        this.errors = settings.errors();
        errors.clearEntries();
        this.logPages = new LogPages(settings.identity(), errors);
        this.identifyPages =
                new IdentifyPages(
                        settings.identity(),
                        settings.namespaces(),
                        settings.version(),
                        settings.transferSizeLog2Pages(),
                        settings.offersShadowDoorbells(),
                        settings.scatterGatherLists());
        this.page = Arena.ofAuto().allocate(Identify.DATA_SIZE_BYTES, Long.BYTES);
        this.scratch = Arena.ofAuto().allocate(settings.admin().pageBytes(), Long.BYTES);
        openAdminCompletionQueue();
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Execute(CommandBatch batch) -> onExecute(batch);
            case CompletionQueueOpened(var opened) -> onOpened(opened);
            case SubmissionQueueOpened(var opened) -> onOpened(opened);
            case QueueClosed(var closed) -> onClosed(closed);
            case AbortAnswered(var answer) -> onAbortAnswered(answer);
            case ShadowInUse _ -> onShadowInUse();
            case ReportInvalidDoorbell(var invalid) -> onInvalidDoorbell(invalid);
            case ConfigurationChanged(int changed) -> onConfigurationChanged(changed);
        };
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof ChildFailed failed) {
            throw new IllegalStateException(
                    failed.getRef().path().name() + " failed.", failed.getCause());
        }
        return Behaviors.unhandled();
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
                        batch -> self.tell(new Execute(batch)),
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
        errors.add(Status.INVALID_FIELD_IN_COMMAND);
        events.raise(event);
        return this;
    }

    private Behavior<Command> onConfigurationChanged(int changed) {
        configuration = changed;
        return this;
    }

    private Behavior<Command> onExecute(CommandBatch batch) {
        long done = 0;
        for (int index = 0; index < batch.count(); index++) {
            PendingCommand command = new PendingCommand(batch, index);
            if (run(command) instanceof AdminOutcome.Done outcome) {
                command.command().complete(outcome.status(), outcome.result());
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
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        return switch (entry.opcode()) {
            case AdminOpcode.IDENTIFY -> identify(command);
            case AdminOpcode.GET_LOG_PAGE -> getLogPage(command);
            case AdminOpcode.GET_FEATURES -> features.get(entry);
            case AdminOpcode.SET_FEATURES -> setFeatures(entry);
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE -> queues.createCompletionQueue(command);
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE -> queues.createSubmissionQueue(command);
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE -> queues.deleteSubmissionQueue(command);
            case AdminOpcode.DELETE_IO_COMPLETION_QUEUE -> queues.deleteCompletionQueue(command);
            case AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST -> events.request(command);
            case AdminOpcode.ABORT -> aborts.abort(command);
            case AdminOpcode.DOORBELL_BUFFER_CONFIG -> doorbellBuffers.configure(command);
            default -> AdminOutcome.refused(Status.INVALID_COMMAND_OPCODE);
        };
    }

    private AdminOutcome setFeatures(SubmissionEntry entry) {
        AdminOutcome.Done outcome = features.set(entry, queues.ioQueueWasCreated());
        actors.configureInterrupts();
        actors.configureArbitration();
        return outcome;
    }

    private AdminOutcome identify(PendingCommand command) {
        page.fill((byte) 0);
        int status = identifyPages.fill(command.entry(), page);
        return status == Status.SUCCESS
                ? AdminOutcome.done(send(command, page, Identify.DATA_SIZE_BYTES))
                : AdminOutcome.done(status);
    }

    private AdminOutcome getLogPage(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        int status = logPages.check(entry);
        if (status != Status.SUCCESS) {
            return AdminOutcome.done(status);
        }
        int logPageId = GetLogPage.logPageId(entry);
        long offset = GetLogPage.offsetBytes(entry);
        long length = GetLogPage.lengthBytes(entry);
        if (length > settings.transferBytesMax()) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        page.fill((byte) 0);
        logPages.fill(logPageId, page);
        long available = logPages.sizeBytes(logPageId) - offset;
        status = send(command, page.asSlice(offset), Math.min(length, available));
        if (status == Status.SUCCESS && !GetLogPage.retainAsynchronousEvent(entry)) {
            events.logPageRead(logPageId);
        }
        return AdminOutcome.done(status);
    }

    private int send(PendingCommand command, MemorySegment source, long bytes) {
        DataPointer data = command.command().data();
        int status =
                data.resolve(
                        settings.memory(),
                        command.entry(),
                        bytes,
                        settings.admin().pageBytes(),
                        scratch);
        if (status != Status.SUCCESS) {
            return status;
        }
        return data.toGuest(source, 0, 0, bytes).isOk()
                ? Status.SUCCESS
                : Status.DATA_TRANSFER_ERROR;
    }
}
