package io.doorbell.controller;

import io.doorbell.controller.Controller.FunctionEvent;
import io.doorbell.controller.Controller.PinDue;

import org.apache.pekko.actor.typed.ActorRef;

/** Whether an interrupt by pin is due: what the queues say, less INTMS (PCIe §3.5.1). */
final class PinStatus {
    private final ControllerRegisters registers;
    private final ActorRef<FunctionEvent> function;
    private boolean filled; // some queue holds entries that the host has not consumed
    private boolean told;

    PinStatus(ControllerRegisters registers, ActorRef<FunctionEvent> function) {
        this.registers = registers;
        this.function = function;
    }

    void set(boolean someQueueIsFilled) {
        filled = someQueueIsFilled;
        update();
    }

    /** The mask may have changed. */
    void update() {
        boolean due = filled && !registers.pinMasked();
        if (due != told) {
            told = due;
            function.tell(new PinDue(due));
        }
    }
}
