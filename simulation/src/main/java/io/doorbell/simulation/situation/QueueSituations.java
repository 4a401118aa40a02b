package io.doorbell.simulation.situation;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;

/** Full, empty, wrapped, shared, deleted. */
final class QueueSituations extends Detector {
    private static final int PRP_ENTRIES_BYTES = 8192; // more needs a list

    private final BitSet created = new BitSet(); // doorbells of queues created in this epoch
    private final long[] newest; // by submission queue: ordinal of the newest completed command
    private final int[] lastSource; // by completion queue

    QueueSituations(BusModel model, Sightings sightings) {
        super(model, sightings);
        this.newest = new long[model.queueIdsEnd()];
        this.lastSource = new int[model.queueIdsEnd()];
    }

    @Override
    public void epochBegan() {
        created.clear();
        Arrays.fill(newest, -1);
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        metIf(queue.fetchable() + 1 == queue.entryCount() - 1, Situation.SUBMISSION_QUEUE_FULL);
        metIf(queue.head() == 0, Situation.SUBMISSION_QUEUE_WRAPS);
        metIf(queue.entryCount() == 2, Situation.TWO_SLOTS);
        metIf(othersWait(queue), Situation.QUEUES_COMPETE);
        CompletionQueueState completion = model().completionQueue(queue.completionQueueId());
        metIf(completion != null && completion.isFull(), Situation.FETCH_WHILE_FULL);
        SubmissionEntry entry = model().commands().entry(command);
        if (queue.id() == 0) {
            fetchedAdmin(entry);
        } else if (model().commands().describedBytes(command) > 0) {
            int offset = (int) entry.prp1() & (model().registers().pageBytes() - 1);
            long end = offset + model().commands().describedBytes(command);
            metIf(end > PRP_ENTRIES_BYTES, Situation.PRP_LIST);
            metIf(offset != 0, Situation.OFFSET_IN_PAGE);
        }
    }

    private boolean othersWait(SubmissionQueueState queue) {
        BitSet restless = model().restlessSubmissionQueues();
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            SubmissionQueueState other = model().submissionQueue(id);
            if (other != null && id != queue.id() && other.fetchable() > 0) {
                return true;
            }
        }
        return false;
    }

    private void fetchedAdmin(SubmissionEntry entry) {
        switch (entry.opcode()) {
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE -> {
                int id = DeleteQueue.queueId(entry);
                SubmissionQueueState queue = model().submissionQueue(id);
                if (queue != null) {
                    metIf(queue.outstanding() > 0, Situation.DELETE_WITH_COMMANDS);
                    metIf(queue.fetchable() > 0, Situation.DELETE_WITH_ENTRIES);
                }
            }
            case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE ->
                    creating(Doorbells.submissionTailIndex(CreateSubmissionQueue.queueId(entry)));
            case AdminOpcode.CREATE_IO_COMPLETION_QUEUE ->
                    creating(Doorbells.completionHeadIndex(CreateCompletionQueue.queueId(entry)));
            default -> {} // no queue comes or goes
        }
    }

    private void creating(int doorbell) {
        metIf(created.get(doorbell), Situation.QUEUE_CREATED_AGAIN);
        metIf(hasIoInFlight(), Situation.QUEUE_CREATED_UNDER_IO);
        created.set(doorbell);
    }

    @Override
    public void posting(Posting posting) {
        CompletionQueueState queue = posting.queue();
        metIf(posting.slot() == queue.entryCount() - 1, Situation.PHASE_FLIPS);
        boolean isLast = queue.unread() + 1 == queue.entryCount() - 1;
        if (isLast) {
            full(posting, queue);
        }
        SubmissionQueueState source = posting.source();
        if (source == null || posting.command() == CommandTable.NONE) {
            return;
        }
        long ordinal = model().commands().ordinal(posting.command());
        metIf(source.id() > 0 && ordinal < newest[source.id()], Situation.OUT_OF_ORDER);
        newest[source.id()] = Math.max(newest[source.id()], ordinal);
        if (queue.id() > 0) {
            int before = lastSource[queue.id()];
            metIf(before != 0 && before != source.id(), Situation.SHARED_COMPLETION_QUEUE);
            lastSource[queue.id()] = source.id();
        }
        boolean isAdmin = source.id() == 0;
        metIf(!isAdmin && !posting.isSuccess(), Situation.COMMAND_FAILS);
        metIf(
                isAdmin
                        && !posting.isSuccess()
                        && model().commands().opcode(posting.command())
                                == AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                Situation.DELETE_CQ_REFUSED);
    }

    private void full(Posting posting, CompletionQueueState queue) {
        met(Situation.COMPLETION_QUEUE_FULL);
        SubmissionQueueState source = posting.source();
        metIf(source != null && source.outstanding() > 1, Situation.FULL_WITH_COMMANDS);
        metIf(queue.signals() && !model().isOpen(queue.vector()), Situation.FULL_WHILE_MASKED);
        metIf(queue.isShadowed(), Situation.FULL_IN_SHADOW);
        metIf(!posting.isSuccess(), Situation.FULL_BY_ERROR);
    }

    @Override
    public void rang(int doorbell, int value, RingVerdict verdict) {
        metIf(model().isSpoilt(), Situation.RING_OVERTAKEN);
        int queueId = Doorbells.queueId(doorbell);
        boolean isHead = Doorbells.isCompletionHead(doorbell);
        SubmissionQueueState submission = isHead ? null : model().submissionQueue(queueId);
        switch (verdict) {
            case ACCEPTED, KICK ->
                    metIf(
                            isHead && isFull(model().completionQueue(queueId)),
                            Situation.ROOM_AFTER_FULL);
            case UNCHANGED -> met(Situation.RING_UNCHANGED);
            case OUT_OF_RANGE -> met(Situation.RING_OUT_OF_RANGE);
            case BEYOND -> met(Situation.RING_BEYOND);
            case NO_QUEUE -> met(Situation.RING_NO_QUEUE);
            case UNJUDGED -> {
                boolean isReady = model().isRunning() && model().registers().readySeen();
                metIf(!isReady, Situation.RING_NOT_READY);
                metIf(submission != null && submission.isDeleting(), Situation.RING_WHILE_DELETING);
            }
        }
    }

    private static boolean isFull(@Nullable CompletionQueueState queue) {
        return queue != null && queue.isFull();
    }
}
