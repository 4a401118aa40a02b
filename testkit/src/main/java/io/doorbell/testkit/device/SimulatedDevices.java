package io.doorbell.testkit.device;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciFunction;
import io.doorbell.controller.ControllerOptions;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.NvmeController;
import io.doorbell.controller.admin.ControllerIdentity;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.namespace.SpareCapacity;
import io.doorbell.controller.pci.InterruptTrace;
import io.doorbell.simulation.world.World;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Doorbell's controllers in a world of virtual time, one after another. */
public final class SimulatedDevices implements DeviceFactory {
    private static final int BURST = 32;
    private static final int SPARE_NAMESPACES = 3;
    private static final long SPARE_BYTES = 3 * (16L << 20);
    private static final int READY_TIMEOUT_HALF_SECONDS = 20;

    private final World world;
    private final InterruptTrace trace;
    private final Tap tap;
    private int built;

    /**
     * Watches a device from outside.
     *
     * @param memory the memory that the device gets instead of its own
     * @param interrupts told of each message and each change of the pin when it reaches the host
     */
    record Tap(UnaryOperator<GuestMemory> memory, Consumer<HostMessage> interrupts) {
        static final Tap NONE = new Tap(memory -> memory, _ -> {});
    }

    public SimulatedDevices() {
        this(new World());
    }

    /** Devices in a world that others use too; closing this closes it. */
    public SimulatedDevices(World world) {
        this(world, InterruptTrace.NONE);
    }

    /** As above; {@code trace} is told of each interrupt of each device. */
    public SimulatedDevices(World world, InterruptTrace trace) {
        this(world, trace, Tap.NONE);
    }

    SimulatedDevices(World world, InterruptTrace trace, Tap tap) {
        this.world = world;
        this.trace = trace;
        this.tap = tap;
    }

    @Override
    public PciFunction powerOn(DeviceShape shape) {
        String name = "device-" + built++;
        SimulatedFunction function = new SimulatedFunction(world, name, tap.interrupts());
        NamespaceTable namespaces = namespaces(shape);
        ActorRef<NvmeController.Command> device =
                world.spawn(
                        NvmeController.create(
                                settings(shape),
                                namespaces,
                                tap.memory().apply(function.deviceMemory()),
                                function.routes(),
                                new NvmeController.Dispatchers(
                                        List.of(DispatcherSelector.defaultDispatcher()),
                                        DispatcherSelector.defaultDispatcher(),
                                        world::nanoTime),
                                trace),
                        name);
        device.tell(new NvmeController.GetPort(function.portReceiver()));
        function.connected(
                () -> {
                    world.stop(device);
                    namespaces.close();
                });
        return function;
    }

    static ControllerSettings settings(DeviceShape shape) {
        return new ControllerSettings(
                new ControllerIdentity(
                        0x1B36, "DOORBELL0001", "Doorbell test device", "1.0", new UUID(1, 2)),
                shape.queuePairs(),
                shape.queueEntries(),
                shape.doorbellStride(),
                shape.vectors(),
                shape.transferSizeLog2Pages(),
                BURST,
                READY_TIMEOUT_HALF_SECONDS,
                new ControllerOptions(
                        shape.contiguousQueuesRequired(),
                        shape.weightedRoundRobin(),
                        shape.subsystemReset(),
                        shape.shadowDoorbells(),
                        shape.scatterGatherLists(),
                        shape.keepAliveUnits()));
    }

    private static NamespaceTable namespaces(DeviceShape shape) {
        List<Namespace> namespaces = new ArrayList<>();
        for (NamespaceShape each : shape.namespaces()) {
            int id = namespaces.size() + 1;
            namespaces.add(
                    new Namespace(
                            id,
                            each.blocks(),
                            each.blockSizeLog2(),
                            new UUID(7, id),
                            new MemoryStore(each.blocks() << each.blockSizeLog2())));
        }
        int idMax = namespaces.size() + SPARE_NAMESPACES;
        return new NamespaceTable(
                namespaces,
                shape.namespaceManagement()
                        ? new SpareCapacity(SPARE_BYTES, idMax, MemoryStore::new)
                        : null);
    }

    @Override
    public String description() {
        return "Doorbell's own controller, in virtual time";
    }

    @Override
    public void close() {
        world.close();
    }
}
