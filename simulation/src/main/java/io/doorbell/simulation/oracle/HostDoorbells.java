package io.doorbell.simulation.oracle;

import io.doorbell.spec.Doorbells;

import java.util.HashSet;
import java.util.Set;

/** I09 for the host: it rings what is there. */
final class HostDoorbells extends Oracle {
    private final Set<Integer> used = new HashSet<>(); // doorbells of queues of this epoch

    HostDoorbells(Oracle.Post post) {
        super(
                post,
                "I09",
                "The host rings doorbells of queues that exist, with slots of the queue, and passes neither head nor tail.",
                "Base 2.0 §3.3.1.2");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    /** Drivers consume until a queue is gone, and ring for that a little later. */
    @Override
    public void ringIssued(int doorbell, int value) {
        int queueId = Doorbells.queueId(doorbell);
        if (Doorbells.isCompletionHead(doorbell)
                ? model().completionQueue(queueId) != null
                : model().submissionQueue(queueId) != null) {
            used.add(doorbell);
        }
    }

    @Override
    public void epochBegan() {
        used.clear();
    }

    @Override
    public void rang(int doorbell, int value, RingVerdict verdict) {
        boolean wrong =
                switch (verdict) {
                    case OUT_OF_RANGE, BEYOND -> true;
                    case NO_QUEUE -> !used.contains(doorbell) && !model().isCreatingQueues();
                    case ACCEPTED, KICK, UNCHANGED, UNJUDGED -> false;
                };
        if (wrong && !model().isSpoilt()) {
            broken(
                    "a value that moves the pointer of a queue",
                    "%d rung at %s %d: %s"
                            .formatted(
                                    value,
                                    Doorbells.isCompletionHead(doorbell) ? "CQ head" : "SQ tail",
                                    Doorbells.queueId(doorbell),
                                    verdict));
        }
    }
}
