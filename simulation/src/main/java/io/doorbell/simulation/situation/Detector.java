package io.doorbell.simulation.situation;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.HostEvents;
import io.doorbell.simulation.observe.ModelEvents;
import io.doorbell.simulation.observe.SubmissionQueueState;

import java.util.function.Predicate;

/** Recognizes some situations. */
abstract class Detector implements ModelEvents, HostEvents {
    private final BusModel model;
    private final Sightings sightings;

    Detector(BusModel model, Sightings sightings) {
        this.model = model;
        this.sightings = sightings;
    }

    final BusModel model() {
        return model;
    }

    final void met(Situation situation) {
        sightings.met(situation);
    }

    final void metIf(boolean condition, Situation situation) {
        if (condition) {
            sightings.met(situation);
        }
    }

    final boolean anyCompletionQueue(Predicate<CompletionQueueState> condition) {
        for (int id = 0; id < model.queueIdsEnd(); id++) {
            CompletionQueueState queue = model.completionQueue(id);
            if (queue != null && condition.test(queue)) {
                return true;
            }
        }
        return false;
    }

    final boolean anySubmissionQueue(Predicate<SubmissionQueueState> condition) {
        for (int id = 0; id < model.queueIdsEnd(); id++) {
            SubmissionQueueState queue = model.submissionQueue(id);
            if (queue != null && condition.test(queue)) {
                return true;
            }
        }
        return false;
    }

    /** Commands of I/O queues that were fetched and not completed. */
    final boolean hasIoInFlight() {
        return anySubmissionQueue(queue -> queue.id() > 0 && queue.outstanding() > 0);
    }
}
