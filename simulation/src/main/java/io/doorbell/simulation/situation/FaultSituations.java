package io.doorbell.simulation.situation;

import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CompletionQueueState;

import java.util.EnumSet;

/** Faults at the wrong moment, and in company. */
final class FaultSituations extends Detector {
    private final EnumSet<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);

    FaultSituations(BusModel model, Sightings sightings) {
        super(model, sightings);
    }

    @Override
    public void epochBegan() {
        kinds.clear();
    }

    void struck(Strike strike) {
        metIf(!model().isRunning(), Situation.FAULT_WHILE_DISABLED);
        if (kinds.add(strike.fault().kind()) && kinds.size() == 2) {
            met(Situation.FAULTS_OF_TWO_KINDS);
        }
        CompletionQueueState queue =
                strike.isCompletionQueue() ? model().completionQueue(strike.queueId()) : null;
        boolean isNews = strike.place().equals("write") || strike.place().equals("wake");
        metIf(isNews && queue != null && queue.isFull(), Situation.ROOM_NEWS_LOST);
        metIf(
                strike.fault().kind() == FaultKind.LOSE
                        && strike.place().equals("interrupt")
                        && !hasIoInFlight(),
                Situation.LAST_INTERRUPT_LOST);
    }
}
