package io.doorbell.testkit.life;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.simulation.world.World;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.device.SimulatedDevices;
import io.doorbell.testkit.host.Host;

import java.util.List;

/** One controller in a world of its own, with its host, and a look at its actors. */
final class LifeRig implements AutoCloseable {
    private static final String DEVICE = "device-0/";

    final World world = new World();
    final Host host;
    private final SimulatedDevices devices = new SimulatedDevices(world);

    LifeRig() {
        this(DeviceShape.DEFAULT);
    }

    LifeRig(DeviceShape shape) {
        PciFunction function = devices.powerOn(shape);
        host = new Host(function);
    }

    /** The actors of the device, parents before children. */
    List<ActorTree.Node> actors() {
        return ActorTree.below(world, DEVICE);
    }

    /** The actors of the epoch that lives. */
    List<ActorTree.Node> epoch() {
        return ActorTree.below(world, DEVICE + "controller/epoch");
    }

    /** The whole state of the device, as lines. */
    List<String> state(List<String> ignored) {
        world.runUntilQuiet();
        StateText text = new StateText(ignored);
        for (ActorTree.Node actor : actors()) {
            String name = actor.path().replaceAll("epoch-\\d+", "epoch");
            text.add(name + " mailbox", actor.messages()).add(name, actor.behavior());
        }
        return text.lines();
    }

    /** Lets so many messages be handled, at this instant. */
    void run(int messages) {
        int[] left = {messages};
        world.runUntil(() -> left[0]-- <= 0, 0);
    }

    @Override
    public void close() {
        host.close();
        devices.close();
    }
}
