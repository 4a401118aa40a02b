package io.doorbell.simulation.observe;

import io.doorbell.simulation.observe.ModelEvents.RingVerdict;
import io.doorbell.spec.Doorbells;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/** What a ring, or a value in the shadow buffer, does to the pointers of a queue. */
final class Rings {
    private final QueueSet queues;
    private final ShadowState shadows;

    Rings(QueueSet queues, ShadowState shadows) {
        this.queues = queues;
        this.shadows = shadows;
    }

    /** What the rules say of a ring (Base 2.0 §3.3.1.2). */
    RingVerdict judge(int doorbell, int value) {
        int queueId = Doorbells.queueId(doorbell);
        return Doorbells.isCompletionHead(doorbell)
                ? judgeHead(queues.completion(queueId), value)
                : judgeTail(queues.submission(queueId), value);
    }

    private static RingVerdict judgeTail(@Nullable SubmissionQueueState queue, int value) {
        if (queue == null) {
            return RingVerdict.NO_QUEUE;
        }
        if (queue.isExcused() || queue.isDeleting()) {
            return RingVerdict.UNJUDGED;
        }
        if (value >= queue.entryCount()) {
            return RingVerdict.OUT_OF_RANGE;
        }
        if (queue.isShadowed()) {
            return RingVerdict.KICK;
        }
        if (value == queue.tail()) {
            return RingVerdict.UNCHANGED;
        }
        return queue.accepts(value) ? RingVerdict.ACCEPTED : RingVerdict.BEYOND;
    }

    private static RingVerdict judgeHead(@Nullable CompletionQueueState queue, int value) {
        if (queue == null) {
            return RingVerdict.NO_QUEUE;
        }
        if (queue.isExcused()) {
            return RingVerdict.UNJUDGED;
        }
        if (value >= queue.entryCount()) {
            return RingVerdict.OUT_OF_RANGE;
        }
        if (queue.isShadowed()) {
            return RingVerdict.KICK;
        }
        if (value == queue.head()) {
            return RingVerdict.UNCHANGED;
        }
        return queue.accepts(value) ? RingVerdict.ACCEPTED : RingVerdict.BEYOND;
    }

    /**
     * @param fetches of all queues so far
     * @param creating whether a queue is being created
     */
    void apply(int doorbell, int value, RingVerdict verdict, long fetches, boolean creating) {
        if (verdict == RingVerdict.NO_QUEUE) {
            if (creating) {
                queues.rungEarly(doorbell);
            }
        } else if (Doorbells.isCompletionHead(doorbell)) {
            applyHead(queues.completion(Doorbells.queueId(doorbell)), value, verdict);
        } else {
            applyTail(queues.submission(Doorbells.queueId(doorbell)), value, verdict, fetches);
        }
    }

    private void applyTail(
            @Nullable SubmissionQueueState queue, int value, RingVerdict verdict, long fetches) {
        if (queue == null) {
            return;
        }
        switch (verdict) {
            case ACCEPTED -> queue.tail(value, fetches);
            case BEYOND -> queue.doubtfulTail(value);
            case UNJUDGED -> {
                if (!queue.isDeleting()) {
                    queue.excuse();
                }
            }
            case KICK, UNCHANGED, OUT_OF_RANGE, NO_QUEUE -> {} // no state changes
        }
        queues.touch(queue);
    }

    private void applyHead(@Nullable CompletionQueueState queue, int value, RingVerdict verdict) {
        if (queue == null) {
            return;
        }
        switch (verdict) {
            case ACCEPTED -> queue.head(value);
            case BEYOND -> queue.doubtfulHead(value);
            case KICK -> {
                if (queue.heedsRegister()) {
                    queue.doubtfulHead(value);
                }
            }
            case UNJUDGED -> queue.excuse();
            case UNCHANGED, OUT_OF_RANGE, NO_QUEUE -> {} // no state changes
        }
        queues.touch(queue);
    }

    /** What the shadow buffer holds for a doorbell is now known to the device. */
    void shadowSeen(int doorbell, int value, long fetches) {
        int queueId = Doorbells.queueId(doorbell);
        if (queueId == 0) {
            return;
        }
        if (Doorbells.isCompletionHead(doorbell)) {
            CompletionQueueState queue = queues.completion(queueId);
            if (queue != null && queue.accepts(value)) {
                queue.head(value);
                queue.published();
                queues.touch(queue);
            }
        } else {
            SubmissionQueueState queue = queues.submission(queueId);
            if (queue != null && queue.accepts(value)) {
                queue.tail(value, fetches);
                queue.published();
                queues.touch(queue);
            }
        }
    }

    /** The host has stored into the slot of a doorbell. */
    void shadowWritten(int doorbell) {
        int queueId = Doorbells.queueId(doorbell);
        if (Doorbells.isCompletionHead(doorbell)) {
            queues.touch(queues.completion(queueId));
        } else {
            queues.touch(queues.submission(queueId));
        }
    }

    /**
     * In a quiet world every store to memory has arrived, so the buffer holds what the host means.
     * The ring that tells the device of it may still be under way.
     */
    void seeShadows() {
        BitSet tails = queues.restlessSubmissions();
        for (int id = tails.nextSetBit(0); id >= 0; id = tails.nextSetBit(id + 1)) {
            int doorbell = Doorbells.submissionTailIndex(id);
            if (shadows.serves(doorbell)) {
                shadowSeen(doorbell, shadows.value(doorbell), SubmissionQueueState.SINCE_UNKNOWN);
            }
        }
        BitSet heads = queues.restless();
        for (int id = heads.nextSetBit(0); id >= 0; id = heads.nextSetBit(id + 1)) {
            int doorbell = Doorbells.completionHeadIndex(id);
            if (shadows.serves(doorbell)) {
                shadowSeen(doorbell, shadows.value(doorbell), SubmissionQueueState.SINCE_UNKNOWN);
            }
        }
    }
}
