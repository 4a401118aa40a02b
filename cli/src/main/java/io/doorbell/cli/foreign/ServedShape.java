package io.doorbell.cli.foreign;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.LbaFormat;
import io.doorbell.spec.identify.OptionalAdminCommands;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.Memory;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a device says it is, and which of the shapes that tests order it has.
 *
 * @param model as Identify Controller has it
 * @param namespaceIds of the namespaces of the shape, in their order
 * @param writeZeroes ONCS bit 3
 * @param blank makes its namespaces what they are now
 */
record ServedShape(
        String model,
        DeviceShape shape,
        List<Integer> namespaceIds,
        boolean writeZeroes,
        BlankNamespaces blank) {
    private static final int MOST_QUEUES = 0xFFFE_FFFE;
    private static final int NAMESPACES_MAX = 64;

    /** A property that tests order. */
    private record Property(String name, Function<DeviceShape, Object> value) {}

    private static final List<Property> PROPERTIES =
            List.of(
                    new Property("CAP.DSTRD", DeviceShape::doorbellStride),
                    new Property("I/O queue pairs", DeviceShape::queuePairs),
                    new Property("queue entries", DeviceShape::queueEntries),
                    new Property("MSI-X vectors", DeviceShape::vectors),
                    new Property("MDTS", DeviceShape::transferSizeLog2Pages),
                    new Property("CAP.CQR", DeviceShape::contiguousQueuesRequired),
                    new Property("weighted round robin", DeviceShape::weightedRoundRobin),
                    new Property("CAP.NSSRS", DeviceShape::subsystemReset),
                    new Property("shadow doorbells", DeviceShape::shadowDoorbells),
                    new Property("SGLs", DeviceShape::scatterGatherLists),
                    new Property("KAS", DeviceShape::keepAliveUnits),
                    new Property("namespace management", DeviceShape::namespaceManagement),
                    new Property("namespaces", DeviceShape::namespaces));

    /** Starts the controller and asks it. */
    static ServedShape of(PciFunction function) {
        Host host = new Host(function).start();
        IdentifyController controller =
                new IdentifyController().wrap(identify(host, Identify.CONTROLLER, 0), 0);
        int queues =
                host.adminOk(Commands.setFeature(FeatureId.NUMBER_OF_QUEUES, MOST_QUEUES)).dw0();
        long cap = host.cap();
        int admin = controller.optionalAdminCommands();
        List<BlankNamespaces.Original> originals = new ArrayList<>();
        List<NamespaceShape> namespaces = namespaces(host, originals);
        return new ServedShape(
                controller.modelNumber(),
                new DeviceShape(
                        ControllerCapabilities.doorbellStride(cap),
                        Math.min(
                                NumberOfQueues.submissionQueues(queues),
                                NumberOfQueues.completionQueues(queues)),
                        ControllerCapabilities.maximumQueueEntries(cap),
                        vectors(host),
                        controller.maximumDataTransferSize(),
                        ControllerCapabilities.contiguousQueuesRequired(cap),
                        (ControllerCapabilities.arbitrationMechanisms(cap) & 1) != 0,
                        ControllerCapabilities.subsystemResetSupported(cap),
                        (admin & OptionalAdminCommands.DOORBELL_BUFFER_CONFIG) != 0,
                        controller.sglSupport() != 0,
                        controller.keepAliveGranularity(),
                        (admin & OptionalAdminCommands.NAMESPACE_MANAGEMENT) != 0,
                        namespaces),
                originals.stream().map(BlankNamespaces.Original::id).toList(),
                (controller.optionalNvmCommands() & OptionalNvmCommands.WRITE_ZEROES) != 0,
                new BlankNamespaces(admin, originals));
    }

    private static MemorySegment identify(Host host, int cns, int nsid) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(cns, nsid, page));
        return MemorySegment.ofArray(host.memory().bytes(page, Memory.PAGE_BYTES));
    }

    private static int vectors(Host host) {
        int capability = host.findCapability(CapabilityHeader.ID_MSIX);
        return (host.config(capability + MsixCapability.CONTROL_OFFSET_BYTES, 2)
                        & (MsixCapability.VECTORS_MAX - 1))
                + 1;
    }

    private static List<NamespaceShape> namespaces(
            Host host, List<BlankNamespaces.Original> originals) {
        long list = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.ACTIVE_NAMESPACE_LIST, 0, list));
        List<NamespaceShape> namespaces = new ArrayList<>();
        for (int i = 0, id; i < NAMESPACES_MAX; i++) {
            id = host.memory().getInt(list + 4L * i);
            if (id == 0) {
                break;
            }
            IdentifyNamespace namespace =
                    new IdentifyNamespace().wrap(identify(host, Identify.NAMESPACE, id), 0);
            originals.add(BlankNamespaces.Original.of(id, namespace));
            namespaces.add(
                    new NamespaceShape(
                            namespace.sizeBlocks(),
                            LbaFormat.dataSizeLog2(namespace.lbaFormat(namespace.formatIndex()))));
        }
        return namespaces;
    }

    /**
     * Returns if this is what a test wants: it has each property that the test orders. What the
     * test leaves as usual may be anything.
     *
     * @throws NotApplicable if not
     */
    void check(DeviceShape wanted) {
        for (Property property : PROPERTIES) {
            Object ordered = property.value.apply(wanted);
            Object has = property.value.apply(shape);
            if (!Objects.equals(ordered, property.value.apply(DeviceShape.DEFAULT))) {
                NotApplicable.unless(
                        Objects.equals(ordered, has),
                        "the test orders a device with %s = %s, and this one, which is not built to order, has %s"
                                .formatted(property.name, ordered, has));
            }
        }
    }

    /** For people. */
    String description() {
        return "'%s'".formatted(model.strip());
    }
}
