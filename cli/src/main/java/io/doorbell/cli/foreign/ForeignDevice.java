package io.doorbell.cli.foreign;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciFunction;
import io.doorbell.cli.lab.InputException;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.testkit.conformance.DeviceLostException;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.host.Host;
import io.doorbell.vfiouser.client.DeviceGoneException;
import io.doorbell.vfiouser.client.MemoryAccess;
import io.doorbell.vfiouser.client.RefusedException;
import io.doorbell.vfiouser.client.VfioUserFunction;
import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.ProtocolException;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** An NVMe controller that somebody serves at a socket. */
public final class ForeignDevice {
    private static final int PAGE_LOG2 = 12;
    private static final int TRANSFER_PAGES_LOG2_MAX = 11; // of the setting
    private static final int QUEUE_PAIRS_MAX = 0xFFFF;

    private final Path path;
    private final MemoryAccess access;
    private final ServedShape shape;

    private ForeignDevice(Path path, MemoryAccess access, ServedShape shape) {
        this.path = path;
        this.access = access;
        this.shape = shape;
    }

    /**
     * Finds out what is served at a path.
     *
     * @throws InputException if it is nothing, no NVMe controller, or one that does not start
     */
    public static ForeignDevice find(Path path, MemoryAccess access) throws InputException {
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
            return new ForeignDevice(path, access, ServedShape.of(function));
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

    /** What it says it is. */
    ServedShape shape() {
        return shape;
    }

    /**
     * Connects anew, and resets it.
     *
     * @throws DeviceLostException if it is no longer there
     */
    public VfioUserFunction powerOn() {
        return powerOn(VfioUserFunction.MEMORY_BYTES, _ -> {});
    }

    /**
     * As {@link #powerOn()}.
     *
     * @param memoryBytes of the host, a multiple of 4,096
     * @param host takes the messages that arrive, as they are taken
     */
    public VfioUserFunction powerOn(long memoryBytes, Consumer<MsixMessage> host) {
        try {
            return VfioUserFunction.powerOn(path, access, memoryBytes, host);
        } catch (PosixException | RefusedException | ProtocolException | DeviceGoneException gone) {
            throw new DeviceLostException(
                    "The device at %s is no longer there: %s".formatted(path, gone.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeviceLostException("Interrupted while connecting.");
        }
    }

    /**
     * What its controller and its first namespace are, in the words of settings: {@code key=value}.
     *
     * @throws InputException if there is no namespace
     */
    public List<String> settings() throws InputException {
        DeviceShape is = shape.shape();
        NamespaceShape namespace = firstNamespace();
        return List.of(
                "controller.queue-pairs-max=" + Math.min(is.queuePairs(), QUEUE_PAIRS_MAX),
                "controller.queue-entries-max=" + is.queueEntries(),
                "controller.doorbell-stride=" + is.doorbellStride(),
                "controller.vectors=" + is.vectors(),
                "controller.transfer-max=" + transferBytesMax() + "B",
                "namespace.kind=memory",
                "namespace.file=none",
                "namespace.image-check=false",
                "namespace.size=" + (namespace.blocks() << namespace.blockSizeLog2()) + "B",
                "namespace.block-size=" + (1 << namespace.blockSizeLog2()) + "B");
    }

    private NamespaceShape firstNamespace() throws InputException {
        List<NamespaceShape> namespaces = shape.shape().namespaces();
        if (namespaces.isEmpty()) {
            throw InputException.of(
                    "%s has no namespace.".formatted(description()),
                    "Serve a device with one, or attach one to it.");
        }
        return namespaces.getFirst();
    }

    /** MDTS, as far as settings go. */
    private long transferBytesMax() {
        int mdts = shape.shape().transferSizeLog2Pages();
        int pagesLog2 =
                mdts == 0 ? TRANSFER_PAGES_LOG2_MAX : Math.min(mdts, TRANSFER_PAGES_LOG2_MAX);
        return 1L << (PAGE_LOG2 + pagesLog2);
    }

    /** NSID of the first namespace; there is one if there are {@link #settings()}. */
    public int namespaceId() {
        return shape.namespaceIds().getFirst();
    }

    /**
     * Makes all blocks of the first namespace read as zeros.
     *
     * @param done told how many blocks are zeros by now
     * @throws DeviceLostException if it is no longer there
     * @throws DeviceGoneException if it goes
     * @throws AssertionError if a command fails, or does not end
     */
    public void makeZeros(LongConsumer done) {
        NamespaceShape namespace = shape.shape().namespaces().getFirst();
        ZeroedBlocks blocks =
                new ZeroedBlocks(
                        namespaceId(),
                        namespace.blocks(),
                        1 << namespace.blockSizeLog2(),
                        transferBytesMax(),
                        shape.shape().queueEntries(),
                        shape.writeZeroes());
        try (VfioUserFunction function = powerOn()) {
            blocks.make(new Host(function), done);
        }
    }

    /** For people: its model, and where it is. */
    public String description() {
        return "%s at %s".formatted(shape.description(), path);
    }
}
