package io.doorbell.simulation.oracle;

import io.doorbell.spec.Doorbells;

/** I09 for the host: it rings what is there. */
final class HostDoorbells extends Oracle {
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

    @Override
    public void rang(int doorbell, int value, RingVerdict verdict) {
        boolean wrong =
                switch (verdict) {
                    case OUT_OF_RANGE, BEYOND -> true;
                    case NO_QUEUE -> !model().isCreatingQueues();
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
