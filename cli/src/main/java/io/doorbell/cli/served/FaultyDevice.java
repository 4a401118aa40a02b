package io.doorbell.cli.served;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.reactor.MessageFilter;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.FaultSource;
import io.doorbell.simulation.fault.Later;
import io.doorbell.simulation.live.LiveInterrupts;
import io.doorbell.simulation.live.LiveLane;
import io.doorbell.simulation.machine.CommandFaults;

import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

import java.util.function.LongSupplier;

/**
 * One powered function whose messages go wrong, as the faults say: those from its host, those to
 * it, and those inside. The actors are as they always are.
 *
 * <p>Threads: those of whoever sends.
 */
final class FaultyDevice implements MessageFilter {
    private static final String EPOCH = "/epoch-";

    /** What no actor takes: whoever gets it fails. */
    private record Nonsense() {}

    /** Another module's view of the same delivery. */
    private record Passing(Delivery delivery)
            implements io.doorbell.simulation.world.MessageFilter.Delivery {
        @Override
        public void arrive() {
            delivery.arrive();
        }

        @Override
        public void arriveAs(Object other) {
            delivery.arriveAs(other);
        }
    }

    /** An interrupt: of a function that is out by now, none arrives. */
    private record Leaving(Delivery delivery, Plug plug)
            implements io.doorbell.simulation.world.MessageFilter.Delivery {
        @Override
        public void arrive() {
            if (!plug.isOut()) {
                delivery.arrive();
            }
        }

        @Override
        public void arriveAs(Object other) {
            if (!plug.isOut()) {
                delivery.arriveAs(other);
            }
        }
    }

    private final FaultSource faults;
    private final String path;
    private final Plug plug;
    private final LiveLane lane;
    private final LiveInterrupts interrupts;
    private final CommandFaults commands;

    /**
     * @param path of the function's top actor; all others of it are below
     * @param port its way in
     */
    FaultyDevice(
            FaultSource faults,
            Later later,
            LongSupplier nanoTime,
            String path,
            ActorRef<PciAccess> port,
            ActorSystem<?> system,
            int doorbellStride,
            long registersEnd) {
        this.faults = faults;
        this.path = path + "/";
        this.plug = new Plug(port, system, later);
        this.lane = new LiveLane(faults, later, nanoTime, doorbellStride, registersEnd);
        this.interrupts = new LiveInterrupts(faults, later, nanoTime);
        this.commands = new CommandFaults(faults, later);
    }

    @Override
    public void sent(ActorPath receiver, Object message, Delivery delivery) {
        switch (message) {
            case MsixMessage interrupt -> interrupts.sent(interrupt, new Leaving(delivery, plug));
            case PinChanged _ -> interrupts.pinChanged(new Leaving(delivery, plug));
            case ReadCompletion completion -> lane.answered(completion, new Passing(delivery));
            default -> inside(receiver.toStringWithoutAddress(), message, new Passing(delivery));
        }
    }

    private void inside(String receiver, Object message, Passing delivery) {
        if (!receiver.startsWith(path)) {
            delivery.arrive();
        } else if (isStruck(receiver)) {
            delivery.arriveAs(new Nonsense());
        } else if (message instanceof PciAccess access) {
            if (!plug.takes(access)) {
                lane.sent(access, delivery);
            }
        } else {
            commands.sent(receiver, message, delivery);
        }
    }

    /** Whether the actor that this message is for fails. */
    private boolean isStruck(String receiver) {
        String actor = receiver.substring(receiver.lastIndexOf('/') + 1);
        boolean struck = faults.at("actor/" + actor) != null;
        Fault whole = receiver.contains(EPOCH) ? faults.at("controller/step") : null;
        if (whole != null && whole.kind() == FaultKind.REMOVE) {
            plug.pull(whole.amount());
        } else if (whole != null) {
            struck = true; // whatever fails in an epoch fails the controller
        }
        return struck;
    }
}
