package io.doorbell.simulation.observe;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.PhysicalRegionPages;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;
import io.doorbell.spec.command.DoorbellBufferConfig;
import io.doorbell.spec.command.NamespaceManagement;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.identify.IdentifyNamespace;

/** What admin commands change: when the device fetches them, and when it says they succeeded. */
final class AdminEffects {
    private final WorldMemory memory;
    private final QueueSet queues;
    private final ShadowState shadows;
    private final InterruptState interrupts;
    private final BlockSizes blocks;
    private int creating; // Create commands being executed
    private int submissionQueuesMax = Integer.MAX_VALUE; // as Set Features answered
    private int completionQueuesMax = Integer.MAX_VALUE;
    private long keepAliveMillis;

    AdminEffects(
            WorldMemory memory,
            QueueSet queues,
            ShadowState shadows,
            InterruptState interrupts,
            BlockSizes blocks) {
        this.memory = memory;
        this.queues = queues;
        this.shadows = shadows;
        this.interrupts = interrupts;
        this.blocks = blocks;
    }

    boolean isCreating() {
        return creating > 0;
    }

    int submissionQueuesMax() {
        return submissionQueuesMax;
    }

    int completionQueuesMax() {
        return completionQueuesMax;
    }

    long keepAliveNanos() {
        return keepAliveMillis * 1_000_000;
    }

    void reset() {
        creating = 0;
        submissionQueuesMax = Integer.MAX_VALUE;
        completionQueuesMax = Integer.MAX_VALUE;
        keepAliveMillis = 0;
        blocks.reset();
        shadows.reset();
    }

    void fetched(SubmissionEntry entry, int pageBytes) {
        switch (entry.opcode()) {
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE, AdminOpcode.CREATE_IO_SUBMISSION_QUEUE ->
                    creating++;
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE -> {
                SubmissionQueueState queue = queues.submission(DeleteQueue.queueId(entry));
                if (queue != null && queue.id() != 0) {
                    queue.deleting(true);
                }
            }
            case AdminOpcode.DOORBELL_BUFFER_CONFIG ->
                    shadows.begin(
                            DoorbellBufferConfig.shadowDoorbells(entry),
                            DoorbellBufferConfig.eventIndexes(entry),
                            pageBytes);
            case AdminOpcode.FORMAT_NVM -> blocks.formatBegun();
            default -> {} // changes nothing before it is done
        }
    }

    /** Pages of the PRP list of a queue that a Create command describes, or 0. */
    static long listedPages(SubmissionEntry entry, int pageBytes) {
        return switch (entry.opcode()) {
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE ->
                    CreateCompletionQueue.physicallyContiguous(entry)
                            ? 0
                            : PhysicalRegionPages.queuePages(
                                    CreateCompletionQueue.entryCount(entry),
                                    CompletionEntry.SIZE_BYTES,
                                    pageBytes);
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE ->
                    CreateSubmissionQueue.physicallyContiguous(entry)
                            ? 0
                            : PhysicalRegionPages.queuePages(
                                    CreateSubmissionQueue.entryCount(entry),
                                    SubmissionEntry.SIZE_BYTES,
                                    pageBytes);
            default -> 0;
        };
    }

    void completed(SubmissionEntry entry, boolean success, int result, int pageBytes) {
        switch (entry.opcode()) {
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE -> {
                creating--;
                if (success) {
                    createCompletionQueue(entry, pageBytes);
                }
            }
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE -> {
                creating--;
                if (success) {
                    createSubmissionQueue(entry, pageBytes);
                }
            }
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE ->
                    deleteSubmissionQueue(DeleteQueue.queueId(entry), success);
            case AdminOpcode.DELETE_IO_COMPLETION_QUEUE -> {
                if (success && DeleteQueue.queueId(entry) != 0) {
                    queues.removeCompletion(DeleteQueue.queueId(entry));
                }
            }
            case AdminOpcode.DOORBELL_BUFFER_CONFIG -> {
                shadows.finish(success);
                queues.shadow(shadows);
            }
            case AdminOpcode.FORMAT_NVM -> blocks.formatEnded(entry, success);
            case AdminOpcode.NAMESPACE_MANAGEMENT -> {
                if (success
                        && NamespaceManagement.select(entry) == NamespaceManagement.SELECT_CREATE) {
                    blocks.set(result, formatOfNew(entry));
                }
            }
            case AdminOpcode.SET_FEATURES -> {
                if (success) {
                    featureSet(entry, result);
                }
            }
            default -> {} // changes nothing that shows on the bus
        }
    }

    private void createCompletionQueue(SubmissionEntry entry, int pageBytes) {
        int entries = CreateCompletionQueue.entryCount(entry);
        long bytes = (long) entries * CompletionEntry.SIZE_BYTES;
        queues.addCompletion(
                new CompletionQueueState(
                        CreateCompletionQueue.queueId(entry),
                        entries,
                        CreateCompletionQueue.interruptsEnabled(entry),
                        CreateCompletionQueue.interruptVector(entry),
                        memory(
                                CreateCompletionQueue.base(entry),
                                CreateCompletionQueue.physicallyContiguous(entry),
                                bytes,
                                pageBytes)),
                shadows);
    }

    private void createSubmissionQueue(SubmissionEntry entry, int pageBytes) {
        int entries = CreateSubmissionQueue.entryCount(entry);
        long bytes = (long) entries * SubmissionEntry.SIZE_BYTES;
        queues.addSubmission(
                new SubmissionQueueState(
                        CreateSubmissionQueue.queueId(entry),
                        entries,
                        CreateSubmissionQueue.completionQueueId(entry),
                        memory(
                                CreateSubmissionQueue.base(entry),
                                CreateSubmissionQueue.physicallyContiguous(entry),
                                bytes,
                                pageBytes)),
                shadows);
    }

    private QueueMemory memory(long base, boolean contiguous, long bytes, int pageBytes) {
        return contiguous
                ? QueueMemory.contiguous(base, bytes)
                : QueueMemory.scattered(memory, base, bytes, pageBytes);
    }

    private void deleteSubmissionQueue(int queueId, boolean success) {
        SubmissionQueueState queue = queues.submission(queueId);
        if (queue == null || queueId == 0) {
            return;
        }
        queue.deleting(false);
        if (success) {
            queues.removeSubmission(queueId);
        }
    }

    private int formatOfNew(SubmissionEntry entry) {
        long at = entry.prp1() + IdentifyNamespace.FLBAS_OFFSET_BYTES;
        if (at < 0 || at >= memory.sizeBytes()) {
            return Integer.MAX_VALUE;
        }
        long qword = memory.getLong(at & -Long.BYTES);
        return (int) (qword >>> ((at & (Long.BYTES - 1)) * Byte.SIZE)) & 0xF;
    }

    private void featureSet(SubmissionEntry entry, int result) {
        int value = SetFeatures.value(entry);
        boolean save = SetFeatures.save(entry);
        switch (SetFeatures.featureId(entry)) {
            case FeatureId.INTERRUPT_COALESCING -> interrupts.coalesce(value, save);
            case FeatureId.INTERRUPT_VECTOR_CONFIGURATION ->
                    interrupts.configureVector(value, save);
            case FeatureId.NUMBER_OF_QUEUES -> {
                submissionQueuesMax = NumberOfQueues.submissionQueues(result);
                completionQueuesMax = NumberOfQueues.completionQueues(result);
            }
            case FeatureId.KEEP_ALIVE_TIMER -> keepAliveMillis = Integer.toUnsignedLong(value);
            default -> {} // does not show on the bus
        }
    }
}
