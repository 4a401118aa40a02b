package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.namespace.NvmLimits;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.NamespaceIdentificationDescriptor;
import io.doorbell.spec.identify.NamespaceList;
import io.doorbell.spec.identify.OptionalAdminCommands;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.spec.identify.PowerStateDescriptor;

import java.lang.foreign.MemorySegment;

/** Fills the 4,096 bytes that Identify returns (Base §5.17). */
final class IdentifyPages {
    private static final int WARNING_KELVIN = 343;
    private static final int CRITICAL_KELVIN = 373;
    private static final int BROADCAST = 0xFFFF_FFFF;
    private static final int BROADCAST_MINUS_ONE = 0xFFFF_FFFE;
    private static final int MAXIMUM_POWER_CENTIWATTS = 2500;

    private final ControllerIdentity identity;
    private final NamespaceTable namespaces;
    private final int version;
    private final int transferSizeLog2Pages;
    private final boolean shadowDoorbells;
    private final boolean scatterGatherLists;

    /**
     * @param version VS
     * @param transferSizeLog2Pages MDTS
     * @param shadowDoorbells whether Doorbell Buffer Config is offered
     * @param scatterGatherLists whether I/O commands may have SGLs
     */
    IdentifyPages(
            ControllerIdentity identity,
            NamespaceTable namespaces,
            int version,
            int transferSizeLog2Pages,
            boolean shadowDoorbells,
            boolean scatterGatherLists) {
        this.identity = identity;
        this.namespaces = namespaces;
        this.version = version;
        this.transferSizeLog2Pages = transferSizeLog2Pages;
        this.shadowDoorbells = shadowDoorbells;
        this.scatterGatherLists = scatterGatherLists;
    }

    /** Fills {@code page}, which is all zero; the status says whether it may be returned. */
    int fill(SubmissionEntry entry, MemorySegment page) {
        int id = entry.namespaceId();
        return switch (Identify.structure(entry)) {
            case Identify.NAMESPACE -> namespace(id, page);
            case Identify.CONTROLLER -> controller(page);
            case Identify.ACTIVE_NAMESPACE_LIST -> activeNamespaces(id, page);
            case Identify.NAMESPACE_DESCRIPTORS -> descriptors(id, page);
            case Identify.COMMAND_SET_NAMESPACE -> commandSetNamespace(id, entry);
            case Identify.COMMAND_SET_CONTROLLER -> commandSet(entry);
            default -> Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        };
    }

    private int controller(MemorySegment page) {
        IdentifyController controller = new IdentifyController().wrap(page, 0);
        controller
                .vendorId(identity.vendorId())
                .subsystemVendorId(identity.vendorId())
                .serialNumber(identity.serialNumber())
                .modelNumber(identity.modelNumber())
                .firmwareRevision(identity.firmwareRevision())
                .subsystemQualifiedName(identity.qualifiedName())
                .version(version)
                .controllerType(IdentifyController.TYPE_IO)
                .recommendedArbitrationBurst(6)
                .maximumDataTransferSize(transferSizeLog2Pages)
                .optionalAdminCommands(
                        shadowDoorbells ? OptionalAdminCommands.DOORBELL_BUFFER_CONFIG : 0)
                .abortLimitZeroBased(AbortCommands.LIMIT_ZERO_BASED)
                .eventRequestLimitZeroBased(AsyncEvents.REQUEST_LIMIT_ZERO_BASED)
                .firmwareUpdates(0x03) // one slot, read only
                .errorLogEntriesZeroBased(ErrorLog.ENTRIES_MAX - 1)
                .logPageAttributes(IdentifyController.LPA_EXTENDED_DATA)
                .adminVendorCommandConfiguration(1)
                .ioVendorCommandConfiguration(1)
                .warningTemperatureKelvin(WARNING_KELVIN)
                .criticalTemperatureKelvin(CRITICAL_KELVIN)
                .submissionEntrySizes(0x66)
                .completionEntrySizes(0x44)
                .namespaceIdMaximum(namespaces.idMax())
                .optionalNvmCommands(
                        NvmLimits.OPTIONAL_COMMANDS | OptionalNvmCommands.SAVE_AND_SELECT)
                .fusedOperations(IdentifyController.FUSES_COMPARE_AND_WRITE)
                .copyFormats(IdentifyController.OCFS_FORMAT_0)
                .sglSupport(scatterGatherLists ? NvmLimits.SGL_SUPPORT : 0)
                .atomicCompareWriteUnitZeroBased(NvmLimits.COMPARE_AND_WRITE_BLOCKS_MAX - 1)
                .volatileWriteCache(
                        IdentifyController.VWC_PRESENT
                                | IdentifyController.VWC_BROADCAST_FLUSH_SUPPORTED);
        controller.powerState(0, new PowerStateDescriptor()).maximumPower(MAXIMUM_POWER_CENTIWATTS);
        return Status.SUCCESS;
    }

    private int namespace(int id, MemorySegment page) {
        Namespace namespace = namespaces.find(id);
        if (namespace == null) {
            // Valid but inactive: a page of zeros (NVM §4.1.5.1).
            return namespaces.isValid(id) ? Status.SUCCESS : invalidNamespace();
        }
        NamespacePage.fill(namespace, page);
        return Status.SUCCESS;
    }

    private int activeNamespaces(int after, MemorySegment page) {
        if (after == BROADCAST || after == BROADCAST_MINUS_ONE) {
            return invalidNamespace();
        }
        NamespaceList list = new NamespaceList().wrap(page, 0);
        int count = 0;
        for (int id = after + 1; id <= namespaces.idMax() && id > 0; id++) {
            if (namespaces.find(id) != null && count < NamespaceList.NSID_COUNT) {
                list.namespaceId(count++, id);
            }
        }
        return Status.SUCCESS;
    }

    private int descriptors(int id, MemorySegment page) {
        Namespace namespace = namespaces.find(id);
        if (namespace == null) {
            return namespaces.isValid(id)
                    ? Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND)
                    : invalidNamespace();
        }
        long high = namespace.uuid().getMostSignificantBits();
        long low = namespace.uuid().getLeastSignificantBits();
        new NamespaceIdentificationDescriptor()
                .wrap(page, 0)
                .nguid(high, low)
                .next()
                .uuid(high, low)
                .next()
                .end();
        return Status.SUCCESS;
    }

    private int commandSetNamespace(int id, SubmissionEntry entry) {
        if (!namespaces.isValid(id)) {
            return invalidNamespace();
        }
        return commandSet(entry);
    }

    /** For the NVM command set a page of zeros says: no limits, nothing optional. */
    private static int commandSet(SubmissionEntry entry) {
        return Identify.commandSet(entry) == Identify.COMMAND_SET_NVM
                ? Status.SUCCESS
                : Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
    }

    private static int invalidNamespace() {
        return Status.doNotRetry(Status.INVALID_NAMESPACE_OR_FORMAT);
    }
}
