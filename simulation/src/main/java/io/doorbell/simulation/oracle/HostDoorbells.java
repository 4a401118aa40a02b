package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I09 for the host: it rings what is there. */
final class HostDoorbells extends Oracle {
    private static final int AS_CREATED = 0;
    private static final int NONE = -1;

    private final Set<Integer> used = new HashSet<>(); // doorbells of queues of this epoch
    private final Map<Integer, Integer> rung = new HashMap<>(); // last value, of queues there are

    HostDoorbells(Oracle.Post post) {
        super(
                post,
                "I09",
                "The host rings doorbells of queues that exist, with slots of the queue other than the last, and passes neither head nor tail.",
                "Base 2.0 §3.3.1.2, §5.2");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    /** Drivers consume until a queue is gone, and ring for that a little later. */
    @Override
    public void ringIssued(int doorbell, int value) {
        if (!exists(doorbell)) {
            return;
        }
        used.add(doorbell);
        Integer last = rung.put(doorbell, value);
        if (value == (last == null ? AS_CREATED : last) && !isShadowed(doorbell)) {
            broken(
                    "a value that moves the pointer of a queue",
                    "%d rung at %s, as the last time".formatted(value, name(doorbell)));
        }
    }

    private boolean exists(int doorbell) {
        int queueId = Doorbells.queueId(doorbell);
        return Doorbells.isCompletionHead(doorbell)
                ? model().completionQueue(queueId) != null
                : model().submissionQueue(queueId) != null;
    }

    /** What is rung there has been published before, and more often than it was rung. */
    private boolean isShadowed(int doorbell) {
        return model().shadows().serves(doorbell);
    }

    private static String name(int doorbell) {
        return "%s %d"
                .formatted(
                        Doorbells.isCompletionHead(doorbell) ? "CQ head" : "SQ tail",
                        Doorbells.queueId(doorbell));
    }

    @Override
    public void epochBegan() {
        used.clear();
        rung.clear();
    }

    /** A queue that is created anew begins anew. */
    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        if (queue.id() != 0) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(command);
        int doorbell =
                switch (entry.opcode()) {
                    case AdminOpcode.CREATE_IO_COMPLETION_QUEUE ->
                            Doorbells.completionHeadIndex(CreateCompletionQueue.queueId(entry));
                    case AdminOpcode.CREATE_IO_SUBMISSION_QUEUE ->
                            Doorbells.submissionTailIndex(CreateSubmissionQueue.queueId(entry));
                    default -> NONE;
                };
        if (doorbell != NONE && !exists(doorbell)) {
            rung.remove(doorbell);
        }
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
                    "%d rung at %s: %s".formatted(value, name(doorbell), verdict));
        }
    }
}
