package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.namespace.NvmLimits;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IndependentIdentifyNamespace;
import io.doorbell.spec.identify.NamespaceIdentificationDescriptor;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.spec.identify.PowerStateDescriptor;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/** Fills the 4,096 bytes that Identify returns (Base §5.17). */
final class IdentifyPages {
    /** CNTLID of the subsystem's only controller. */
    static final int CONTROLLER_ID = 0;

    /** ONCS. */
    static final int OPTIONAL_NVM_COMMANDS =
            NvmLimits.OPTIONAL_COMMANDS
                    | OptionalNvmCommands.SAVE_AND_SELECT
                    | OptionalNvmCommands.TIMESTAMP;

    private static final int CRITICAL_KELVIN = 373;
    private static final int MAXIMUM_POWER_CENTIWATTS = 2500;

    private final EpochSettings settings;
    private final NamespaceTable namespaces;
    private final IdentifyLists lists;

    IdentifyPages(EpochSettings settings) {
        this.settings = settings;
        this.namespaces = settings.namespaces();
        this.lists = new IdentifyLists(namespaces, CONTROLLER_ID);
    }

    /** Fills {@code page}, which is all zero; the status says whether it may be returned. */
    int fill(SubmissionEntry entry, MemorySegment page) {
        int id = entry.namespaceId();
        return switch (Identify.structure(entry)) {
            case Identify.NAMESPACE -> namespace(id, namespaces.find(id), page);
            case Identify.CONTROLLER -> controller(page);
            case Identify.ACTIVE_NAMESPACE_LIST -> lists.active(id, page);
            case Identify.NAMESPACE_DESCRIPTORS -> descriptors(id, page);
            case Identify.COMMAND_SET_NAMESPACE -> commandSetNamespace(id, entry);
            case Identify.COMMAND_SET_CONTROLLER -> commandSet(entry);
            case Identify.COMMAND_SET_ACTIVE_NAMESPACE_LIST -> {
                int status = commandSet(entry);
                yield status == Status.SUCCESS ? lists.active(id, page) : status;
            }
            case Identify.INDEPENDENT_NAMESPACE -> independent(id, page);
            default ->
                    isManaged()
                            ? managed(entry, page)
                            : Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        };
    }

    /** What only a controller with Namespace Management has (Base §5.17.2). */
    private int managed(SubmissionEntry entry, MemorySegment page) {
        int id = entry.namespaceId();
        return switch (Identify.structure(entry)) {
            case Identify.ALLOCATED_NAMESPACE_LIST -> lists.allocated(id, page);
            case Identify.ALLOCATED_NAMESPACE ->
                    id == NamespaceId.BROADCAST
                            ? invalidNamespace()
                            : namespace(id, namespaces.findAllocated(id), page);
            case Identify.NAMESPACE_CONTROLLER_LIST ->
                    lists.attached(id, Identify.controllerId(entry), page);
            case Identify.CONTROLLER_LIST -> lists.controllers(Identify.controllerId(entry), page);
            default -> Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND);
        };
    }

    private boolean isManaged() {
        return namespaces.spare() != null;
    }

    private int controller(MemorySegment page) {
        IdentifyController controller = new IdentifyController().wrap(page, 0);
        ControllerIdentity identity = settings.identity();
        controller
                .vendorId(identity.vendorId())
                .subsystemVendorId(identity.vendorId())
                .serialNumber(identity.serialNumber())
                .modelNumber(identity.modelNumber())
                .firmwareRevision(identity.firmwareRevision())
                .subsystemQualifiedName(identity.qualifiedName())
                .version(settings.version())
                .controllerType(IdentifyController.TYPE_IO)
                .recommendedArbitrationBurst(6)
                .maximumDataTransferSize(settings.transferSizeLog2Pages())
                .abortLimitZeroBased(AbortCommands.LIMIT_ZERO_BASED)
                .eventRequestLimitZeroBased(AsyncEvents.REQUEST_LIMIT_ZERO_BASED)
                .firmwareUpdates(0x03) // one slot, read only
                .errorLogEntriesZeroBased(ErrorLog.ENTRIES_MAX - 1)
                .logPageAttributes(
                        IdentifyController.LPA_COMMAND_EFFECTS
                                | IdentifyController.LPA_EXTENDED_DATA
                                | IdentifyController.LPA_SUPPORTED_AND_EFFECTS)
                .eventsSupported(FeatureTable.NOTICES)
                .controllerId(CONTROLLER_ID)
                .controllerAttributes(IdentifyController.CTRATT_HOST_ID_128)
                .optionalAdminCommands(settings.optionalAdminCommands())
                .keepAliveGranularity(settings.keepAliveUnits())
                .totalCapacityBytes(isManaged() ? namespaces.totalBytes() : 0)
                .unallocatedCapacityBytes(namespaces.unallocatedBytes())
                .namespacesMaximum(isManaged() ? namespaces.idMax() : 0)
                .adminVendorCommandConfiguration(1)
                .ioVendorCommandConfiguration(1)
                .warningTemperatureKelvin(FeatureTable.WARNING_KELVIN)
                .criticalTemperatureKelvin(CRITICAL_KELVIN)
                .submissionEntrySizes(0x66)
                .completionEntrySizes(0x44)
                .namespaceIdMaximum(namespaces.idMax())
                .optionalNvmCommands(OPTIONAL_NVM_COMMANDS)
                .fusedOperations(IdentifyController.FUSES_COMPARE_AND_WRITE)
                .copyFormats(IdentifyController.OCFS_FORMAT_0)
                .sglSupport(settings.scatterGatherLists() ? NvmLimits.SGL_SUPPORT : 0)
                .atomicCompareWriteUnitZeroBased(NvmLimits.COMPARE_AND_WRITE_BLOCKS_MAX - 1)
                .volatileWriteCache(
                        IdentifyController.VWC_PRESENT
                                | IdentifyController.VWC_BROADCAST_FLUSH_SUPPORTED);
        controller.powerState(0, new PowerStateDescriptor()).maximumPower(MAXIMUM_POWER_CENTIWATTS);
        return Status.SUCCESS;
    }

    private int namespace(int id, @Nullable Namespace namespace, MemorySegment page) {
        if (namespace == null && id == NamespaceId.BROADCAST && isManaged()) {
            NamespacePage.formats(page); // what all have in common, before one is created
            return Status.SUCCESS;
        }
        if (namespace == null) {
            // Valid but inactive: a page of zeros (NVM §4.1.5.1).
            return namespaces.isValid(id) ? Status.SUCCESS : invalidNamespace();
        }
        NamespacePage.fill(namespace, page);
        return Status.SUCCESS;
    }

    /** CNS 08h (Base §5.17.2.8): of what it can say only that the namespace is ready. */
    private int independent(int id, MemorySegment page) {
        if (namespaces.find(id) == null) {
            return namespaces.isValid(id) ? Status.SUCCESS : invalidNamespace();
        }
        new IndependentIdentifyNamespace()
                .wrap(page, 0)
                .status(IndependentIdentifyNamespace.NSTAT_READY);
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
        if (!namespaces.isValid(id) && !(isManaged() && id == NamespaceId.BROADCAST)) {
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
