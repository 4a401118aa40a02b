package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.ShadowState;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.Doorbells;

import java.util.BitSet;

/** I13: whoever sleeps has asked to be woken. */
final class EventIndexes extends Oracle {
    EventIndexes(Oracle.Post post) {
        super(
                post,
                "I13",
                "When nothing can run, EventIdx of an idle queue is the value its host published last, so that its next update rings.",
                "Base 2.0 §5.8, Annex B.5");
    }

    @Override
    public void quiet(long untilNanos) {
        if (!model().shadows().isInUse()
                || !isOverdue(untilNanos, settings().wakePatienceNanos())
                || !model().isServing()) {
            return;
        }
        BitSet restless = model().restlessSubmissionQueues();
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            SubmissionQueueState queue = model().submissionQueue(id);
            if (queue != null && queue.isShadowed() && !queue.isExcused() && !queue.isDeleting()) {
                check(queue);
            }
        }
    }

    private void check(SubmissionQueueState queue) {
        CompletionQueueState completion = model().completionQueue(queue.completionQueueId());
        if (completion == null
                || completion.isExcused()
                || model().mayOverlook(queue)
                || model().mayOverlook(completion)) {
            return;
        }
        if (completion.isFull()) {
            if (model().owed(queue) > 0 && completion.isShadowed()) {
                check(Doorbells.completionHeadIndex(completion.id()), completion.head());
            }
        } else if (queue.fetchable() == 0) {
            check(Doorbells.submissionTailIndex(queue.id()), queue.tail());
        }
    }

    private void check(int doorbell, int pointer) {
        ShadowState shadows = model().shadows();
        int eventIndex = shadows.eventIndex(doorbell);
        if (shadows.value(doorbell) == pointer && eventIndex != pointer) {
            broken(
                    "EventIdx %d of %s %d"
                            .formatted(
                                    pointer,
                                    Doorbells.isCompletionHead(doorbell) ? "CQ head" : "SQ tail",
                                    Doorbells.queueId(doorbell)),
                    "EventIdx " + eventIndex);
        }
    }
}
