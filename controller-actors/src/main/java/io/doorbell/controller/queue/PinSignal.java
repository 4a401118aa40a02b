package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.ActorRef;

/** What one completion queue has told the pin: each change once. */
final class PinSignal {
    private final ActorRef<PinInterrupt.Command> pin;
    private final PinInterrupt.Filled filled;
    private final PinInterrupt.Drained drained;
    private boolean isFilled;

    PinSignal(ActorRef<PinInterrupt.Command> pin, ActorRef<CompletionQueue.Command> queue) {
        this.pin = pin;
        this.filled = new PinInterrupt.Filled(queue);
        this.drained = new PinInterrupt.Drained(queue);
    }

    boolean isFilled() {
        return isFilled;
    }

    void set(boolean nowFilled) {
        if (nowFilled != isFilled) {
            isFilled = nowFilled;
            pin.tell(nowFilled ? filled : drained);
        }
    }

    /** The queue tells the pin nothing any more. */
    void end() {
        isFilled = false;
        pin.tell(new PinInterrupt.Gone(drained.queue()));
    }
}
