package io.doorbell.simulation.wire;

import io.doorbell.simulation.fault.FaultCondition;
import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.SubmissionQueueState;

import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What is the case on the bus, for faults that wait for it. */
public final class BusConditions implements Predicate<FaultCondition> {
    private final BusModel model;

    public BusConditions(BusModel model) {
        this.model = model;
    }

    @Override
    public boolean test(FaultCondition condition) {
        return switch (condition) {
            case ALWAYS -> true;
            case CQ_FULL -> ids().anyMatch(this::isCompletionQueueFull);
            case SQ_FULL -> ids().anyMatch(this::isSubmissionQueueFull);
            case MASKED -> isMasked();
            case IN_RESET ->
                    model.registers().isEnabled()
                            ? !model.registers().readySeen()
                            : !model.isIdle();
            case IN_FLIGHT -> busyQueues() > 0;
            case SHADOWED -> model.shadows().isInUse();
            case CROWDED -> busyQueues() > 1;
        };
    }

    private IntStream ids() {
        return IntStream.range(0, model.queueIdsEnd());
    }

    private boolean isCompletionQueueFull(int queueId) {
        CompletionQueueState queue = model.completionQueue(queueId);
        return queue != null && queue.isFull();
    }

    private boolean isSubmissionQueueFull(int queueId) {
        SubmissionQueueState queue = model.submissionQueue(queueId);
        return queue != null && queue.fetchable() == queue.entryCount() - 1;
    }

    private boolean isMasked() {
        return model.registers().functionMasked()
                || IntStream.range(0, model.interrupts().vectors())
                        .anyMatch(
                                vector ->
                                        model.interrupts().isMasked(vector)
                                                && model.interrupts().isRouted(vector));
    }

    private long busyQueues() {
        return ids().skip(1)
                .mapToObj(model::submissionQueue)
                .filter(queue -> queue != null && queue.outstanding() > 0)
                .count();
    }
}
