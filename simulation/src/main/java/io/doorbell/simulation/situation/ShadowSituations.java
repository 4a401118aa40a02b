package io.doorbell.simulation.situation;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.Doorbells;

import java.util.Arrays;

/** Rings that were saved, and those that were not. */
final class ShadowSituations extends Detector {
    private static final int NONE = -1;

    private final int[] rungTail; // by submission queue: the slot after the last that was rung

    ShadowSituations(BusModel model, Sightings sightings) {
        super(model, sightings);
        this.rungTail = new int[model.queueIdsEnd()];
    }

    @Override
    public void epochBegan() {
        Arrays.fill(rungTail, 0);
    }

    @Override
    public void ringIssued(int doorbell, int value) {
        int queueId = Doorbells.queueId(doorbell);
        if (!Doorbells.isCompletionHead(doorbell) && queueId < rungTail.length) {
            rungTail[queueId] = value;
        }
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        if (!queue.isShadowed() || rungTail[queue.id()] == NONE) {
            return;
        }
        int slot = queue.head() == 0 ? queue.entryCount() - 1 : queue.head() - 1;
        if (slot == rungTail[queue.id()] % queue.entryCount()) {
            met(Situation.RING_ELIDED);
            rungTail[queue.id()] = NONE; // what follows was not rung either
        }
    }

    @Override
    public void rang(int doorbell, int value, RingVerdict verdict) {
        metIf(verdict == RingVerdict.KICK, Situation.RING_IN_SHADOW);
    }

    @Override
    public void quiet(long untilNanos) {
        if (!model().shadows().isInUse()) {
            return;
        }
        for (int id = model().restlessSubmissionQueues().nextSetBit(0);
                id != CommandTable.NONE;
                id = model().restlessSubmissionQueues().nextSetBit(id + 1)) {
            SubmissionQueueState queue = model().submissionQueue(id);
            if (queue != null && queue.isShadowed()) {
                int asked = model().shadows().eventIndex(Doorbells.submissionTailIndex(id));
                metIf(asked == queue.entryCount() - 1, Situation.EVENT_INDEX_AT_WRAP);
            }
        }
    }
}
