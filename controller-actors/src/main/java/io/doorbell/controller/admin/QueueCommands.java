package io.doorbell.controller.admin;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.SubmissionQueue;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/** Create and Delete I/O Queue (Base §5.4 to §5.7): the checks, and what waits for the actors. */
final class QueueCommands {
    private final EpochSettings settings;
    private final FeatureTable features;
    private final QueueActors actors;
    private final IntSupplier configuration;
    private final QueueTable table = new QueueTable();
    private final Map<Integer, PendingCommand> pending = new TreeMap<>(); // by doorbell
    private boolean queueWasCreated; // since the epoch began

    /**
     * @param configuration CC now: IOSQES and IOCQES may be set after enabling
     */
    QueueCommands(
            EpochSettings settings,
            FeatureTable features,
            QueueActors actors,
            IntSupplier configuration) {
        this.settings = settings;
        this.features = features;
        this.actors = actors;
        this.configuration = configuration;
    }

    /** Whether an I/O queue was ever created in this epoch, also if it is gone again. */
    boolean ioQueueWasCreated() {
        return queueWasCreated;
    }

    AdminOutcome createCompletionQueue(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        int queueId = CreateCompletionQueue.queueId(entry);
        int entries = CreateCompletionQueue.queueSizeZeroBased(entry) + 1;
        boolean interrupts = CreateCompletionQueue.interruptsEnabled(entry);
        int vector = CreateCompletionQueue.interruptVector(entry);
        if (!isValidId(queueId) || table.hasCompletionQueue(queueId)) {
            return AdminOutcome.refused(Status.INVALID_QUEUE_IDENTIFIER);
        }
        if (isBadSize(entries)
                || ControllerConfiguration.ioCompletionEntrySizeLog2(configuration.getAsInt())
                        != ControllerConfiguration.IO_COMPLETION_ENTRY_SIZE_LOG2) {
            return AdminOutcome.refused(Status.INVALID_QUEUE_SIZE);
        }
        if (interrupts && vector >= settings.vectors().size()) {
            return AdminOutcome.refused(Status.INVALID_INTERRUPT_VECTOR);
        }
        if (!CreateCompletionQueue.physicallyContiguous(entry)) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND); // CAP.CQR = 1
        }
        if (isMisaligned(CreateCompletionQueue.base(entry))) {
            return AdminOutcome.refused(Status.PRP_OFFSET_INVALID);
        }
        MemoryWindow window =
                window(
                        CreateCompletionQueue.base(entry),
                        (long) entries * CompletionEntry.SIZE_BYTES,
                        true);
        if (window == null) {
            return AdminOutcome.done(Status.DATA_TRANSFER_ERROR);
        }
        table.reserveCompletionQueue(queueId);
        queueWasCreated = true;
        pending.put(Doorbells.completionHeadIndex(queueId), command);
        actors.openCompletionQueue(
                new CompletionQueue.Settings(
                        queueId,
                        entries,
                        window,
                        interrupts ? actors.interrupt(vector, queueId) : null));
        return AdminOutcome.PENDING;
    }

    AdminOutcome createSubmissionQueue(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        int queueId = CreateSubmissionQueue.queueId(entry);
        int completionQueueId = CreateSubmissionQueue.completionQueueId(entry);
        int entries = CreateSubmissionQueue.queueSizeZeroBased(entry) + 1;
        if (!isValidId(queueId)
                || table.hasSubmissionQueue(queueId)
                || !isValidId(completionQueueId)) {
            return AdminOutcome.refused(Status.INVALID_QUEUE_IDENTIFIER);
        }
        ActorRef<CompletionQueue.Command> completionQueue =
                table.completionQueue(completionQueueId);
        if (completionQueue == null) {
            return AdminOutcome.refused(Status.COMPLETION_QUEUE_INVALID);
        }
        if (isBadSize(entries)
                || ControllerConfiguration.ioSubmissionEntrySizeLog2(configuration.getAsInt())
                        != ControllerConfiguration.IO_SUBMISSION_ENTRY_SIZE_LOG2) {
            return AdminOutcome.refused(Status.INVALID_QUEUE_SIZE);
        }
        if (!CreateSubmissionQueue.physicallyContiguous(entry)) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND); // CAP.CQR = 1
        }
        if (isMisaligned(CreateSubmissionQueue.base(entry))) {
            return AdminOutcome.refused(Status.PRP_OFFSET_INVALID);
        }
        MemoryWindow window =
                window(
                        CreateSubmissionQueue.base(entry),
                        (long) entries * SubmissionEntry.SIZE_BYTES,
                        false);
        if (window == null) {
            return AdminOutcome.done(Status.DATA_TRANSFER_ERROR);
        }
        table.addSubmissionQueue(queueId, completionQueueId);
        pending.put(Doorbells.submissionTailIndex(queueId), command);
        actors.openSubmissionQueue(
                new SubmissionQueue.Settings(
                        queueId,
                        entries,
                        window,
                        settings.burst(),
                        actors.ioExecutor(completionQueueId),
                        completionQueue),
                completionQueueId);
        return AdminOutcome.PENDING;
    }

    AdminOutcome deleteSubmissionQueue(PendingCommand command) {
        int queueId = DeleteQueue.queueId(command.entry());
        if (pending.containsKey(Doorbells.submissionTailIndex(queueId))
                || !table.beginClosingSubmissionQueue(queueId)) {
            return AdminOutcome.refused(Status.INVALID_QUEUE_IDENTIFIER);
        }
        pending.put(Doorbells.submissionTailIndex(queueId), command);
        actors.closeSubmissionQueue(queueId);
        return AdminOutcome.PENDING;
    }

    AdminOutcome deleteCompletionQueue(PendingCommand command) {
        int queueId = DeleteQueue.queueId(command.entry());
        QueueTable.CompletionQueueEntry queue = table.openCompletionQueue(queueId);
        if (queue == null) {
            return AdminOutcome.refused(Status.INVALID_QUEUE_IDENTIFIER);
        }
        if (queue.isFed()) {
            return AdminOutcome.refused(Status.INVALID_QUEUE_DELETION);
        }
        table.beginClosing(queue);
        pending.put(Doorbells.completionHeadIndex(queueId), command);
        actors.closeCompletionQueue(queueId);
        return AdminOutcome.PENDING;
    }

    void completionQueueOpened(int queueId, ActorRef<CompletionQueue.Command> queue) {
        table.completionQueueOpened(queueId, queue);
        finish(Doorbells.completionHeadIndex(queueId));
    }

    void submissionQueueOpened(int queueId) {
        finish(Doorbells.submissionTailIndex(queueId));
    }

    void queueClosed(int doorbell) {
        if (Doorbells.isCompletionHead(doorbell)) {
            table.completionQueueClosed(Doorbells.queueId(doorbell));
        } else {
            table.submissionQueueClosed(Doorbells.queueId(doorbell));
        }
        finish(doorbell);
    }

    private void finish(int doorbell) {
        PendingCommand command = pending.remove(doorbell);
        if (command != null) {
            command.finish(AdminOutcome.SUCCESS);
        }
    }

    private boolean isValidId(int queueId) {
        return queueId >= 1 && queueId <= features.queuePairs();
    }

    private boolean isBadSize(int entries) {
        return entries < 2 || entries > settings.queueEntriesMax();
    }

    /** Null if the queue does not lie in memory that we can read, or write if we have to. */
    private @Nullable MemoryWindow window(long base, long sizeBytes, boolean forStore) {
        return settings.memory().check(base, sizeBytes, forStore).isOk()
                ? settings.memory().window(base, sizeBytes)
                : null;
    }

    private boolean isMisaligned(long base) {
        return (base & (settings.admin().pageBytes() - 1)) != 0;
    }
}
