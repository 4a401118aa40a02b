package io.doorbell.simulation.machine;

import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.wire.Slot;
import io.doorbell.simulation.wire.WireParts;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.simulation.world.MessageFilter;
import io.doorbell.simulation.world.World;

import java.util.HashMap;
import java.util.Map;

/**
 * What goes wrong inside the device: wake-ups, completions, actors, the controller as a whole. A
 * message is all there is to take hold of; the actors are as they always are.
 */
final class DeviceMessages implements MessageFilter {
    private static final String DEVICE = "/user/device/";
    private static final String EPOCH = "/epoch-";

    /** What no actor takes: whoever gets it fails. */
    private record Nonsense() {}

    private final World world;
    private final Slot slot;
    private final Faults faults;
    private final CommandFaults commands;
    private final boolean actorsFail;
    private final boolean controllerFails;
    private final Map<String, String> names = new HashMap<>(); // looked up, never iterated

    DeviceMessages(WireParts parts) {
        this.world = parts.world();
        this.slot = parts.slot();
        this.faults = parts.faults();
        this.commands = new CommandFaults(faults, world::after);
        this.actorsFail = faults.concern("actor/");
        this.controllerFails = faults.concern("controller/");
    }

    /** Whether any fault needs this. */
    static boolean areNeeded(Faults faults) {
        return faults.concern("wake/", "execution/", "commands/", "actor/", "controller/");
    }

    @Override
    public void sent(ActorPath receiver, Object message, Delivery delivery) {
        String path = receiver.text();
        if (!path.startsWith(DEVICE)) {
            delivery.arrive();
        } else if (isStruck(path)) {
            delivery.arriveAs(new Nonsense());
        } else {
            commands.sent(path, message, delivery);
        }
    }

    /** Whether the actor that this message is for fails. */
    private boolean isStruck(String path) {
        boolean struck = actorsFail && faults.at("actor/" + name(path)) != null;
        if (controllerFails && path.contains(EPOCH)) {
            Fault fault = faults.at("controller/step");
            if (fault != null) {
                struck |= strike(fault);
            }
        }
        return struck;
    }

    /** Whatever fails in an epoch fails the controller; which actor it is does not show. */
    private boolean strike(Fault fault) {
        if (fault.kind() != FaultKind.REMOVE) {
            return true;
        }
        slot.empty();
        if (fault.amount() > 0) {
            world.after(fault.amount(), slot::fill);
        }
        return false;
    }

    /** The last part of a path. */
    private String name(String path) {
        return names.computeIfAbsent(path, text -> text.substring(text.lastIndexOf('/') + 1));
    }
}
