package io.doorbell.controller.admin;

import io.doorbell.controller.admin.QueueMemory.Result;
import io.doorbell.controller.queue.Arbiter.Priority;
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

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/** Create and Delete I/O Queue (Base §5.4 to §5.7): the checks, and what waits for the actors. */
final class QueueCommands {
    private final EpochSettings settings;
    private final FeatureTable features;
    private final QueueActors actors;
    private final IntSupplier configuration;
    private final QueueMemory memory;
    private final QueueTable table;
    private final Map<Integer, PendingCommand> pending = new TreeMap<>(); // by doorbell
    private boolean queueWasCreated; // since the epoch began

    /**
     * @param configuration CC now: IOSQES and IOCQES may be set after enabling
     */
    QueueCommands(
            EpochSettings settings,
            FeatureTable features,
            QueueActors actors,
            QueueTable table,
            IntSupplier configuration) {
        this.settings = settings;
        this.features = features;
        this.actors = actors;
        this.table = table;
        this.configuration = configuration;
        this.memory =
                new QueueMemory(
                        settings.memory(),
                        settings.admin().pageBytes(),
                        settings.contiguousQueuesRequired());
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
        return switch (memory.find(
                CreateCompletionQueue.base(entry),
                CreateCompletionQueue.physicallyContiguous(entry),
                (long) entries * CompletionEntry.SIZE_BYTES,
                true)) {
            case Result.Refused(int status) -> AdminOutcome.done(status);
            case Result.Found(var window) -> {
                table.reserveCompletionQueue(queueId);
                queueWasCreated = true;
                pending.put(Doorbells.completionHeadIndex(queueId), command);
                actors.openCompletionQueue(
                        new CompletionQueue.Settings(
                                queueId,
                                entries,
                                window,
                                interrupts ? actors.interrupt(vector, queueId) : null));
                yield AdminOutcome.PENDING;
            }
        };
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
        return switch (memory.find(
                CreateSubmissionQueue.base(entry),
                CreateSubmissionQueue.physicallyContiguous(entry),
                (long) entries * SubmissionEntry.SIZE_BYTES,
                false)) {
            case Result.Refused(int status) -> AdminOutcome.done(status);
            case Result.Found(var window) -> {
                table.addSubmissionQueue(queueId, completionQueueId);
                pending.put(Doorbells.submissionTailIndex(queueId), command);
                actors.openSubmissionQueue(
                        new SubmissionQueue.Settings(
                                queueId,
                                entries,
                                window,
                                actors.burst(),
                                actors.ioExecutor(completionQueueId),
                                completionQueue,
                                actors.arbitration(
                                        Priority.ofQprio(CreateSubmissionQueue.priority(entry)))),
                        completionQueueId);
                yield AdminOutcome.PENDING;
            }
        };
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
}
