package io.doorbell.testkit.interrupts;

import io.doorbell.controller.pci.InterruptReason;
import io.doorbell.simulation.world.World;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.device.SimulatedDevices;
import io.doorbell.testkit.host.Host;

import java.util.ArrayList;
import java.util.List;

/** A controller whose interrupts are written down as they leave it. */
final class TracedInterrupts implements AutoCloseable {
    /**
     * An interrupt.
     *
     * @param nanos when it left, in the time of the world
     */
    record Sent(int vector, InterruptReason reason, long nanos) {}

    final Host host;
    private final World world = new World();
    private final List<Sent> sent = new ArrayList<>();
    private final SimulatedDevices devices;

    TracedInterrupts() {
        devices =
                new SimulatedDevices(
                        world,
                        (vector, reason) -> sent.add(new Sent(vector, reason, world.nanoTime())));
        host = new Host(devices.powerOn(DeviceShape.DEFAULT));
    }

    /** Forgets what was sent until now. */
    void forget() {
        world.runUntilQuiet();
        sent.clear();
    }

    /** What a vector has sent. */
    List<Sent> of(int vector) {
        return sent.stream().filter(each -> each.vector() == vector).toList();
    }

    /** Why a vector has sent. */
    List<InterruptReason> reasons(int vector) {
        world.runUntilQuiet();
        return of(vector).stream().map(Sent::reason).toList();
    }

    @Override
    public void close() {
        host.close();
        devices.close();
    }
}
