package io.doorbell.testkit.device;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciFunction;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.controller.pci.InterruptTrace;
import io.doorbell.simulation.machine.DeviceFacts;
import io.doorbell.simulation.observe.WorldMemory;
import io.doorbell.simulation.oracle.OracleSettings;
import io.doorbell.simulation.oracle.Oracles;
import io.doorbell.simulation.oracle.Violation;
import io.doorbell.simulation.world.World;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.device.SimulatedDevices.Tap;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Simulated devices with every law of the device watched; the host may do what it likes. */
public final class JudgedDevices implements DeviceFactory {
    private final World world = new World();
    private final SimulatedDevices devices;
    private @Nullable Oracles oracles;
    private @Nullable Oracles latest; // of a device that is switched off
    private @Nullable GuestMemory memory; // of the latest device
    private long posts;

    public JudgedDevices() {
        devices =
                new SimulatedDevices(
                        world, InterruptTrace.NONE, new Tap(this::tapMemory, this::interrupted));
        world.listenToQuiet(
                until -> {
                    if (oracles != null) {
                        oracles.quiet(until);
                    }
                });
    }

    private GuestMemory tapMemory(GuestMemory ofDevice) {
        memory = ofDevice;
        return new TappedMemory(
                ofDevice,
                new TappedMemory.Listener() {
                    @Override
                    public void loaded(long address, long sizeBytes, DmaStatus status) {
                        if (oracles != null) {
                            oracles.deviceRead(address, sizeBytes, status);
                        }
                    }

                    @Override
                    public void stored(long address, long sizeBytes, DmaStatus status) {
                        if (oracles != null) {
                            oracles.deviceWrote(address, sizeBytes, status);
                        }
                    }
                });
    }

    private void interrupted(HostMessage message) {
        if (oracles == null) {
            return;
        }
        switch (message) {
            case MsixMessage interrupt -> {
                oracles.interruptSent(interrupt);
                oracles.interruptDelivered(interrupt);
            }
            case PinChanged(boolean asserted) -> oracles.pinChanged(asserted);
            default -> throw new IllegalStateException("No interrupt: " + message);
        }
    }

    @Override
    public PciFunction powerOn(DeviceShape shape) {
        oracles = null;
        latest = null;
        PciFunction function = devices.powerOn(shape);
        GuestMemory ofDevice = memory;
        if (ofDevice == null) {
            throw new IllegalStateException("The device was given no memory.");
        }
        Oracles judges =
                new Oracles(
                        DeviceFacts.of(
                                SimulatedDevices.settings(shape),
                                shape.namespaces().stream()
                                        .map(DeviceShape.NamespaceShape::blockSizeLog2)
                                        .toList(),
                                true),
                        worldMemory(ofDevice),
                        world::nanoTime,
                        world::steps,
                        OracleSettings.DEFAULT.withoutHost(),
                        null);
        WatchedFunction watched = new WatchedFunction(function, judges, this::switchedOff);
        judges.model().routeMessages(watched::isReserved);
        oracles = judges;
        return watched;
    }

    private static WorldMemory worldMemory(GuestMemory memory) {
        MemoryWindow window = memory.window(0, SimulatedFunction.MEMORY_BYTES);
        if (window == null) {
            throw new IllegalStateException("The memory is smaller than it was.");
        }
        return new WorldMemory() {
            @Override
            public long sizeBytes() {
                return SimulatedFunction.MEMORY_BYTES;
            }

            @Override
            public long getLong(long address) {
                MemorySegment qword = MemorySegment.ofArray(new byte[Long.BYTES]);
                window.read(address, qword, 0, Long.BYTES);
                return qword.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
            }

            @Override
            public void copy(long address, byte[] target, int offset, int sizeBytes) {
                window.read(address, MemorySegment.ofArray(target), offset, sizeBytes);
            }
        };
    }

    /** What a device does while it is switched off is its own affair. */
    private void switchedOff() {
        if (oracles != null) {
            latest = oracles;
            posts += oracles.model().posts();
            oracles = null;
        }
    }

    /** What the latest device did wrong first, or null. */
    public @Nullable Violation violation() {
        return latest == null ? null : latest.violation();
    }

    /** The last events of the latest device, one line each. */
    public List<String> lastEvents() {
        return latest == null ? List.of() : latest.lastEvents();
    }

    /** Completions that all devices together have posted, and the laws have seen. */
    public long posts() {
        return posts;
    }

    @Override
    public String description() {
        return "Doorbell's own controller, in virtual time, judged";
    }

    @Override
    public void close() {
        oracles = null;
        devices.close();
    }
}
