package io.doorbell.cli.foreign;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.cli.lab.InputException;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceLostException;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.vfiouser.client.DeviceGoneException;
import io.doorbell.vfiouser.client.MemoryAccess;

import java.nio.file.Path;

/**
 * The device that somebody serves at a socket, powered on anew for each test: a new connection, and
 * a reset, after its namespaces were formatted. It is what it is, so tests that order another one
 * do not apply.
 */
public final class SocketDevices implements DeviceFactory {
    private final ForeignDevice device;

    private SocketDevices(ForeignDevice device) {
        this.device = device;
    }

    /**
     * Finds out what is served at a path.
     *
     * @throws InputException if it is nothing, no NVMe controller, or one that does not start
     */
    public static SocketDevices open(Path path, MemoryAccess access) throws InputException {
        return new SocketDevices(ForeignDevice.find(path, access));
    }

    @Override
    public PciFunction powerOn(DeviceShape wanted) {
        device.shape().check(wanted);
        BlankNamespaces blank = device.shape().blank();
        if (blank.areToBeMade()) {
            try (PciFunction function = device.powerOn()) {
                blank.make(function);
            } catch (DeviceGoneException gone) {
                throw new DeviceLostException(
                        "%s is no longer there: %s"
                                .formatted(device.description(), gone.getMessage()));
            }
        }
        return device.powerOn();
    }

    @Override
    public String description() {
        return device.description();
    }

    @Override
    public void close() {
        // each device was given back by the test that had it
    }
}
