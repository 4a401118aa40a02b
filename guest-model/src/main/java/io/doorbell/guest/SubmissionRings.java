package io.doorbell.guest;

import io.doorbell.guest.HostPolicies.QueueMemory;
import io.doorbell.guest.HostPolicies.RingOrder;

import java.util.List;

/**
 * The submission queues that share one completion queue: nearly always one. Tags are dealt to them
 * in turn, so that none gets more than its share.
 */
final class SubmissionRings {
    private final int firstQueueId;
    private final SubmissionRing[] rings;
    private final SubmissionRing first;
    private final boolean single;
    private final boolean headFirst;

    /**
     * @param firstQueueId of the first; the others follow
     */
    SubmissionRings(int firstQueueId, List<SubmissionRing> rings, RingOrder order) {
        this.firstQueueId = firstQueueId;
        this.rings = rings.toArray(SubmissionRing[]::new);
        this.first = this.rings[0];
        this.single = this.rings.length == 1;
        this.headFirst = order == RingOrder.HEAD_FIRST;
    }

    int count() {
        return rings.length;
    }

    /** Where the command with this tag goes. */
    SubmissionRing of(int tag) {
        return single ? first : rings[tag % rings.length];
    }

    int queueId(int tag) {
        return single ? firstQueueId : firstQueueId + tag % rings.length;
    }

    /** What a completion says of the submission queue it names. */
    void consumedTo(int queueId, int head) {
        if (single) {
            first.consumedTo(head);
        } else if (queueId >= firstQueueId && queueId < firstQueueId + rings.length) {
            rings[queueId - firstQueueId].consumedTo(head);
        }
    }

    /** Rings for all that was pushed, and for what was consumed of {@code completion}. */
    void ringWith(CompletionRing completion) {
        if (headFirst) {
            first.ringWith(completion);
        } else {
            first.ring();
        }
        for (int i = 1; i < rings.length; i++) {
            rings[i].ring();
        }
        if (!headFirst) {
            completion.ring();
        }
    }

    void ring() {
        for (SubmissionRing ring : rings) {
            ring.ring();
        }
    }

    void renew(QueueMemory left, int entries) {
        for (SubmissionRing ring : rings) {
            ring.renew(left, entries);
        }
    }

    /** The ring of one of the queues, by its place among them. */
    SubmissionRing get(int index) {
        return rings[index];
    }
}
