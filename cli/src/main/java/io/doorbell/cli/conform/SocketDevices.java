package io.doorbell.cli.conform;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.cli.lab.InputException;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceLostException;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.vfiouser.client.DeviceGoneException;
import io.doorbell.vfiouser.client.MemoryAccess;
import io.doorbell.vfiouser.client.RefusedException;
import io.doorbell.vfiouser.client.VfioUserFunction;
import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.ProtocolException;

import java.nio.file.Path;

/**
 * The device that somebody serves at a socket, powered on anew for each test: a new connection, and
 * a reset, after its namespaces were formatted. It is what it is, so tests that order another one
 * do not apply.
 */
public final class SocketDevices implements DeviceFactory {
    private final Path path;
    private final MemoryAccess access;
    private final ServedShape shape;

    private SocketDevices(Path path, MemoryAccess access, ServedShape shape) {
        this.path = path;
        this.access = access;
        this.shape = shape;
    }

    /**
     * Finds out what is served at a path.
     *
     * @throws InputException if it is nothing, no NVMe controller, or one that does not start
     */
    public static SocketDevices open(Path path, MemoryAccess access) throws InputException {
        try (PciFunction function = VfioUserFunction.powerOn(path, access)) {
            int classCode =
                    (int) function.readConfig(ConfigurationHeader.CLASS_CODE_OFFSET_BYTES - 1, 4)
                            >>> Byte.SIZE;
            if (classCode != ConfigurationHeader.CLASS_CODE_NVME_IO) {
                throw InputException.of(
                        "The device at %s is no NVMe controller: its class code is %06Xh, not %06Xh."
                                .formatted(path, classCode, ConfigurationHeader.CLASS_CODE_NVME_IO),
                        "Name the socket of an NVMe device.");
            }
            return new SocketDevices(path, access, ServedShape.of(function));
        } catch (PosixException refused) {
            throw InputException.of(
                    "Nobody listens at " + path + ": " + refused.getMessage() + ".",
                    advice(refused.errno()));
        } catch (RefusedException refused) {
            throw refused.errno() == Errno.EBUSY
                    ? InputException.of(
                            "The device at " + path + " is in use by another client.",
                            "End that one, or serve another device.")
                    : notVfioUser(path, refused);
        } catch (ProtocolException | DeviceGoneException | AssertionError unfit) {
            throw notVfioUser(path, unfit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw InputException.of("Interrupted.", "Start it again.");
        }
    }

    private static String advice(int errno) {
        return switch (errno) {
            case Errno.ENOENT -> "Start 'doorbell serve --socket PATH' first, or another server.";
            case Errno.ECONNREFUSED -> "Its server has gone, or never was one; start it (again).";
            default -> "Check the path and its permissions.";
        };
    }

    private static InputException notVfioUser(Path path, Throwable why) {
        return InputException.of(
                "No NVMe device can be driven at " + path + ": " + why.getMessage(),
                "Name the socket of a vfio-user server, and look at what that one says.");
    }

    @Override
    public PciFunction powerOn(DeviceShape wanted) {
        shape.check(wanted);
        try {
            if (shape.blank().areToBeMade()) {
                try (PciFunction function = VfioUserFunction.powerOn(path, access)) {
                    shape.blank().make(function);
                }
            }
            return VfioUserFunction.powerOn(path, access);
        } catch (PosixException | RefusedException | ProtocolException | DeviceGoneException gone) {
            throw new DeviceLostException(
                    "The device at %s is no longer there: %s".formatted(path, gone.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeviceLostException("Interrupted while connecting.");
        }
    }

    @Override
    public String description() {
        return "%s at %s".formatted(shape.description(), path);
    }

    @Override
    public void close() {
        // each device was given back by the test that had it
    }
}
