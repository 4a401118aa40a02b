package io.doorbell.controller.pci;

import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PinChanged;

import org.apache.pekko.actor.typed.ActorRef;

/** The wire of INTA: tells the host when it becomes active and when inactive (PCIe §3.5.1). */
final class InterruptPin {
    private static final PinChanged ASSERTED = new PinChanged(true);
    private static final PinChanged DEASSERTED = new PinChanged(false);

    private final InterruptRoutes routes;
    private final InterruptTrace trace;
    private boolean asserted;

    InterruptPin(InterruptRoutes routes, InterruptTrace trace) {
        this.routes = routes;
        this.trace = trace;
    }

    void set(boolean active) {
        if (active == asserted) {
            return;
        }
        asserted = active;
        if (active) {
            trace.sent(0, InterruptReason.PIN);
        }
        ActorRef<PinChanged> target = routes.pinTarget();
        if (target != null) {
            target.tell(active ? ASSERTED : DEASSERTED);
        }
    }
}
