package io.doorbell.spec;

import org.jspecify.annotations.Nullable;

/** What the specification calls each status code. One table per status code type. */
final class StatusNames {
    private StatusNames() {}

    /** The name of a code type and code, also for those that have none of their own. */
    static String name(int codeTypeAndCode) {
        String name =
                switch (Status.codeType(codeTypeAndCode)) {
                    case Status.TYPE_GENERIC -> generic(codeTypeAndCode);
                    case Status.TYPE_COMMAND_SPECIFIC -> commandSpecific(codeTypeAndCode);
                    case Status.TYPE_MEDIA -> media(codeTypeAndCode);
                    case Status.TYPE_PATH -> path(codeTypeAndCode);
                    default -> null;
                };
        return name != null ? name : isVendor(codeTypeAndCode) ? "Vendor Specific" : "Reserved";
    }

    private static boolean isVendor(int codeTypeAndCode) {
        return Status.codeType(codeTypeAndCode) == Status.TYPE_VENDOR
                || Status.code(codeTypeAndCode) >= 0xC0;
    }

    private static @Nullable String generic(int codeTypeAndCode) {
        return switch (codeTypeAndCode) {
            case Status.SUCCESS -> "Successful Completion";
            case Status.INVALID_COMMAND_OPCODE -> "Invalid Command Opcode";
            case Status.INVALID_FIELD_IN_COMMAND -> "Invalid Field in Command";
            case Status.COMMAND_ID_CONFLICT -> "Command ID Conflict";
            case Status.DATA_TRANSFER_ERROR -> "Data Transfer Error";
            case Status.COMMANDS_ABORTED_DUE_TO_POWER_LOSS_NOTIFICATION ->
                    "Commands Aborted due to Power Loss Notification";
            case Status.INTERNAL_ERROR -> "Internal Error";
            case Status.COMMAND_ABORT_REQUESTED -> "Command Abort Requested";
            case Status.COMMAND_ABORTED_DUE_TO_SQ_DELETION -> "Command Aborted due to SQ Deletion";
            case Status.COMMAND_ABORTED_DUE_TO_FAILED_FUSED_COMMAND ->
                    "Command Aborted due to Failed Fused Command";
            case Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND ->
                    "Command Aborted due to Missing Fused Command";
            case Status.INVALID_NAMESPACE_OR_FORMAT -> "Invalid Namespace or Format";
            case Status.COMMAND_SEQUENCE_ERROR -> "Command Sequence Error";
            case Status.INVALID_SGL_SEGMENT_DESCRIPTOR -> "Invalid SGL Segment Descriptor";
            case Status.INVALID_NUMBER_OF_SGL_DESCRIPTORS -> "Invalid Number of SGL Descriptors";
            case Status.DATA_SGL_LENGTH_INVALID -> "Data SGL Length Invalid";
            case Status.METADATA_SGL_LENGTH_INVALID -> "Metadata SGL Length Invalid";
            case Status.SGL_DESCRIPTOR_TYPE_INVALID -> "SGL Descriptor Type Invalid";
            case Status.INVALID_USE_OF_CONTROLLER_MEMORY_BUFFER ->
                    "Invalid Use of Controller Memory Buffer";
            case Status.PRP_OFFSET_INVALID -> "PRP Offset Invalid";
            case Status.ATOMIC_WRITE_UNIT_EXCEEDED -> "Atomic Write Unit Exceeded";
            case Status.OPERATION_DENIED -> "Operation Denied";
            case Status.SGL_OFFSET_INVALID -> "SGL Offset Invalid";
            case Status.HOST_IDENTIFIER_INCONSISTENT_FORMAT ->
                    "Host Identifier Inconsistent Format";
            case Status.KEEP_ALIVE_TIMER_EXPIRED -> "Keep Alive Timer Expired";
            case Status.KEEP_ALIVE_TIMEOUT_INVALID -> "Keep Alive Timeout Invalid";
            case Status.COMMAND_ABORTED_DUE_TO_PREEMPT_AND_ABORT ->
                    "Command Aborted due to Preempt and Abort";
            case Status.SANITIZE_FAILED -> "Sanitize Failed";
            case Status.SANITIZE_IN_PROGRESS -> "Sanitize In Progress";
            case Status.SGL_DATA_BLOCK_GRANULARITY_INVALID -> "SGL Data Block Granularity Invalid";
            case Status.COMMAND_NOT_SUPPORTED_FOR_QUEUE_IN_CMB ->
                    "Command Not Supported for Queue in CMB";
            case Status.NAMESPACE_IS_WRITE_PROTECTED -> "Namespace is Write Protected";
            case Status.COMMAND_INTERRUPTED -> "Command Interrupted";
            case Status.TRANSIENT_TRANSPORT_ERROR -> "Transient Transport Error";
            case Status.COMMAND_PROHIBITED_BY_COMMAND_AND_FEATURE_LOCKDOWN ->
                    "Command Prohibited by Command and Feature Lockdown";
            case Status.ADMIN_COMMAND_MEDIA_NOT_READY -> "Admin Command Media Not Ready";
            case Status.LBA_OUT_OF_RANGE -> "LBA Out of Range";
            case Status.CAPACITY_EXCEEDED -> "Capacity Exceeded";
            case Status.NAMESPACE_NOT_READY -> "Namespace Not Ready";
            case Status.RESERVATION_CONFLICT -> "Reservation Conflict";
            case Status.FORMAT_IN_PROGRESS -> "Format In Progress";
            default -> null;
        };
    }

    private static @Nullable String commandSpecific(int codeTypeAndCode) {
        return switch (codeTypeAndCode) {
            case Status.COMPLETION_QUEUE_INVALID -> "Completion Queue Invalid";
            case Status.INVALID_QUEUE_IDENTIFIER -> "Invalid Queue Identifier";
            case Status.INVALID_QUEUE_SIZE -> "Invalid Queue Size";
            case Status.ABORT_COMMAND_LIMIT_EXCEEDED -> "Abort Command Limit Exceeded";
            case Status.ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED ->
                    "Asynchronous Event Request Limit Exceeded";
            case Status.INVALID_FIRMWARE_SLOT -> "Invalid Firmware Slot";
            case Status.INVALID_FIRMWARE_IMAGE -> "Invalid Firmware Image";
            case Status.INVALID_INTERRUPT_VECTOR -> "Invalid Interrupt Vector";
            case Status.INVALID_LOG_PAGE -> "Invalid Log Page";
            case Status.INVALID_FORMAT -> "Invalid Format";
            case Status.FIRMWARE_ACTIVATION_REQUIRES_CONVENTIONAL_RESET ->
                    "Firmware Activation Requires Conventional Reset";
            case Status.INVALID_QUEUE_DELETION -> "Invalid Queue Deletion";
            case Status.FEATURE_IDENTIFIER_NOT_SAVEABLE -> "Feature Identifier Not Saveable";
            case Status.FEATURE_NOT_CHANGEABLE -> "Feature Not Changeable";
            case Status.FEATURE_NOT_NAMESPACE_SPECIFIC -> "Feature Not Namespace Specific";
            case Status.FIRMWARE_ACTIVATION_REQUIRES_NVM_SUBSYSTEM_RESET ->
                    "Firmware Activation Requires NVM Subsystem Reset";
            case Status.FIRMWARE_ACTIVATION_REQUIRES_CONTROLLER_LEVEL_RESET ->
                    "Firmware Activation Requires Controller Level Reset";
            case Status.FIRMWARE_ACTIVATION_REQUIRES_MAXIMUM_TIME_VIOLATION ->
                    "Firmware Activation Requires Maximum Time Violation";
            case Status.FIRMWARE_ACTIVATION_PROHIBITED -> "Firmware Activation Prohibited";
            case Status.OVERLAPPING_RANGE -> "Overlapping Range";
            case Status.NAMESPACE_INSUFFICIENT_CAPACITY -> "Namespace Insufficient Capacity";
            case Status.NAMESPACE_IDENTIFIER_UNAVAILABLE -> "Namespace Identifier Unavailable";
            case Status.NAMESPACE_ALREADY_ATTACHED -> "Namespace Already Attached";
            case Status.NAMESPACE_IS_PRIVATE -> "Namespace Is Private";
            case Status.NAMESPACE_NOT_ATTACHED -> "Namespace Not Attached";
            case Status.THIN_PROVISIONING_NOT_SUPPORTED -> "Thin Provisioning Not Supported";
            case Status.CONTROLLER_LIST_INVALID -> "Controller List Invalid";
            case Status.DEVICE_SELF_TEST_IN_PROGRESS -> "Device Self-test In Progress";
            case Status.BOOT_PARTITION_WRITE_PROHIBITED -> "Boot Partition Write Prohibited";
            case Status.INVALID_CONTROLLER_IDENTIFIER -> "Invalid Controller Identifier";
            case Status.INVALID_SECONDARY_CONTROLLER_STATE -> "Invalid Secondary Controller State";
            case Status.INVALID_NUMBER_OF_CONTROLLER_RESOURCES ->
                    "Invalid Number of Controller Resources";
            case Status.INVALID_RESOURCE_IDENTIFIER -> "Invalid Resource Identifier";
            case Status.SANITIZE_PROHIBITED_WHILE_PMR_IS_ENABLED ->
                    "Sanitize Prohibited While PMR is Enabled";
            case Status.ANA_GROUP_IDENTIFIER_INVALID -> "ANA Group Identifier Invalid";
            case Status.ANA_ATTACH_FAILED -> "ANA Attach Failed";
            case Status.INSUFFICIENT_CAPACITY -> "Insufficient Capacity";
            case Status.NAMESPACE_ATTACHMENT_LIMIT_EXCEEDED ->
                    "Namespace Attachment Limit Exceeded";
            case Status.PROHIBITION_OF_COMMAND_EXECUTION_NOT_SUPPORTED ->
                    "Prohibition of Command Execution Not Supported";
            case Status.IO_COMMAND_SET_NOT_SUPPORTED -> "I/O Command Set Not Supported";
            case Status.IO_COMMAND_SET_NOT_ENABLED -> "I/O Command Set Not Enabled";
            case Status.IO_COMMAND_SET_COMBINATION_REJECTED ->
                    "I/O Command Set Combination Rejected";
            case Status.INVALID_IO_COMMAND_SET -> "Invalid I/O Command Set";
            case Status.IDENTIFIER_UNAVAILABLE -> "Identifier Unavailable";
            case Status.CONFLICTING_ATTRIBUTES -> "Conflicting Attributes";
            case Status.INVALID_PROTECTION_INFORMATION -> "Invalid Protection Information";
            case Status.ATTEMPTED_WRITE_TO_READ_ONLY_RANGE -> "Attempted Write to Read Only Range";
            case Status.COMMAND_SIZE_LIMIT_EXCEEDED -> "Command Size Limit Exceeded";
            case Status.ZONE_BOUNDARY_ERROR -> "Zone Boundary Error";
            case Status.ZONE_IS_FULL -> "Zone Is Full";
            case Status.ZONE_IS_READ_ONLY -> "Zone Is Read Only";
            case Status.ZONE_IS_OFFLINE -> "Zone Is Offline";
            case Status.ZONE_INVALID_WRITE -> "Zone Invalid Write";
            case Status.TOO_MANY_ACTIVE_ZONES -> "Too Many Active Zones";
            case Status.TOO_MANY_OPEN_ZONES -> "Too Many Open Zones";
            case Status.INVALID_ZONE_STATE_TRANSITION -> "Invalid Zone State Transition";
            default -> null;
        };
    }

    private static @Nullable String media(int codeTypeAndCode) {
        return switch (codeTypeAndCode) {
            case Status.WRITE_FAULT -> "Write Fault";
            case Status.UNRECOVERED_READ_ERROR -> "Unrecovered Read Error";
            case Status.END_TO_END_GUARD_CHECK_ERROR -> "End-to-end Guard Check Error";
            case Status.END_TO_END_APPLICATION_TAG_CHECK_ERROR ->
                    "End-to-end Application Tag Check Error";
            case Status.END_TO_END_REFERENCE_TAG_CHECK_ERROR ->
                    "End-to-end Reference Tag Check Error";
            case Status.COMPARE_FAILURE -> "Compare Failure";
            case Status.ACCESS_DENIED -> "Access Denied";
            case Status.DEALLOCATED_OR_UNWRITTEN_LOGICAL_BLOCK ->
                    "Deallocated or Unwritten Logical Block";
            case Status.END_TO_END_STORAGE_TAG_CHECK_ERROR -> "End-to-end Storage Tag Check Error";
            default -> null;
        };
    }

    private static @Nullable String path(int codeTypeAndCode) {
        return switch (codeTypeAndCode) {
            case Status.INTERNAL_PATH_ERROR -> "Internal Path Error";
            case Status.ASYMMETRIC_ACCESS_PERSISTENT_LOSS -> "Asymmetric Access Persistent Loss";
            case Status.ASYMMETRIC_ACCESS_INACCESSIBLE -> "Asymmetric Access Inaccessible";
            case Status.ASYMMETRIC_ACCESS_TRANSITION -> "Asymmetric Access Transition";
            case Status.CONTROLLER_PATHING_ERROR -> "Controller Pathing Error";
            case Status.HOST_PATHING_ERROR -> "Host Pathing Error";
            case Status.COMMAND_ABORTED_BY_HOST -> "Command Aborted By Host";
            default -> null;
        };
    }
}
