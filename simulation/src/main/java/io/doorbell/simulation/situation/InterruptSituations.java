package io.doorbell.simulation.situation;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.InterruptState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.spec.Doorbells;

import java.util.BitSet;

/** Masked, coalesced, shared, spurious. */
final class InterruptSituations extends Detector {
    private final BitSet heldBack = new BitSet(); // vectors with a completion posted under a mask

    InterruptSituations(BusModel model, Sightings sightings) {
        super(model, sightings);
    }

    @Override
    public void epochEnded() {
        heldBack.clear();
    }

    @Override
    public void posting(Posting posting) {
        CompletionQueueState queue = posting.queue();
        int vector = queue.vector();
        if (!queue.signals() || vector >= model().interrupts().vectors()) {
            return;
        }
        if (!model().isOpen(vector)) {
            met(Situation.POSTED_WHILE_MASKED);
            heldBack.set(vector);
        }
        metIf(model().interrupts().inFlight(vector) > 0, Situation.POSTED_BEHIND_INTERRUPT);
        metIf(
                anyCompletionQueue(
                        other ->
                                other.id() != queue.id()
                                        && other.signals()
                                        && other.vector() == vector
                                        && other.unread() > 0),
                Situation.TWO_QUEUES_PENDING);
    }

    @Override
    public void interruptSent(int vector) {
        if (vector == InterruptState.NONE) {
            return;
        }
        InterruptState interrupts = model().interrupts();
        metIf(heldBack.get(vector), Situation.SENT_AFTER_MASK);
        heldBack.clear(vector);
        metIf(interrupts.inFlight(vector) > 0, Situation.TWO_UNDER_WAY);
        if (interrupts.mayCoalesce(vector) && interrupts.withheld(vector) > 0) {
            boolean isReached = interrupts.withheld(vector) >= interrupts.threshold();
            met(isReached ? Situation.THRESHOLD_REACHED : Situation.TIMER_BELOW_THRESHOLD);
        }
    }

    @Override
    public void interruptDelivered(int vector) {
        metIf(!model().isRunning(), Situation.INTERRUPT_AFTER_DISABLE);
        metIf(
                vector == InterruptState.NONE
                        || !anyCompletionQueue(
                                queue -> queue.vector() == vector && queue.unread() > 0),
                Situation.SPURIOUS_INTERRUPT);
    }

    @Override
    public void rang(int doorbell, int value, RingVerdict verdict) {
        if (!Doorbells.isCompletionHead(doorbell) || verdict != RingVerdict.ACCEPTED) {
            return;
        }
        CompletionQueueState queue = model().completionQueue(Doorbells.queueId(doorbell));
        metIf(
                queue != null
                        && queue.signals()
                        && queue.vector() < model().interrupts().vectors()
                        && value == queue.tail()
                        && queue.lastPost() > model().interrupts().deliveredThrough(queue.vector()),
                Situation.READ_BEFORE_INTERRUPT);
    }
}
