package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.ActorRef;

/** What one completion queue has told the pin: each change once. */
final class PinSignal {
    private final ActorRef<PinInterrupt.Command> pin;
    private boolean filled;

    PinSignal(ActorRef<PinInterrupt.Command> pin) {
        this.pin = pin;
    }

    boolean isFilled() {
        return filled;
    }

    void set(boolean nowFilled) {
        if (nowFilled != filled) {
            filled = nowFilled;
            pin.tell(nowFilled ? PinInterrupt.FILLED : PinInterrupt.DRAINED);
        }
    }
}
