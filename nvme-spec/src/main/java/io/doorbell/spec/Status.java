package io.doorbell.spec;

/**
 * Status codes (Base 2.0 §3.3.3.2.1, NVM 1.0 §3.1).
 *
 * <p>A status is the 15-bit field of a completion entry without the phase tag. The constants are
 * code type and code; add {@link #DO_NOT_RETRY} where the same command would fail again.
 *
 * <pre>
 *  14 DNR | 13 M | 12:11 CRD | 10:8 SCT | 7:0 SC
 * </pre>
 */
public final class Status {
    /** DNR: the same command sent again is expected to fail again. */
    public static final int DO_NOT_RETRY = 1 << 14;

    /** M: the Error Information log page has an entry for this completion. */
    public static final int MORE = 1 << 13;

    /** SCT: generic command status. */
    public static final int TYPE_GENERIC = 0;

    /** SCT: command specific status. */
    public static final int TYPE_COMMAND_SPECIFIC = 1;

    /** SCT: media and data integrity errors. */
    public static final int TYPE_MEDIA = 2;

    /** SCT: path related status. */
    public static final int TYPE_PATH = 3;

    /** SCT: vendor specific. */
    public static final int TYPE_VENDOR = 7;

    // Generic command status, SCT 0: any command; from 80h I/O commands.
    public static final int SUCCESS = 0x000;
    public static final int INVALID_COMMAND_OPCODE = 0x001;
    public static final int INVALID_FIELD_IN_COMMAND = 0x002;
    public static final int COMMAND_ID_CONFLICT = 0x003;
    public static final int DATA_TRANSFER_ERROR = 0x004;
    public static final int COMMANDS_ABORTED_DUE_TO_POWER_LOSS_NOTIFICATION = 0x005;
    public static final int INTERNAL_ERROR = 0x006;
    public static final int COMMAND_ABORT_REQUESTED = 0x007;
    public static final int COMMAND_ABORTED_DUE_TO_SQ_DELETION = 0x008;
    public static final int COMMAND_ABORTED_DUE_TO_FAILED_FUSED_COMMAND = 0x009;
    public static final int COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND = 0x00A;
    public static final int INVALID_NAMESPACE_OR_FORMAT = 0x00B;
    public static final int COMMAND_SEQUENCE_ERROR = 0x00C;
    public static final int INVALID_SGL_SEGMENT_DESCRIPTOR = 0x00D;
    public static final int INVALID_NUMBER_OF_SGL_DESCRIPTORS = 0x00E;
    public static final int DATA_SGL_LENGTH_INVALID = 0x00F;
    public static final int METADATA_SGL_LENGTH_INVALID = 0x010;
    public static final int SGL_DESCRIPTOR_TYPE_INVALID = 0x011;
    public static final int INVALID_USE_OF_CONTROLLER_MEMORY_BUFFER = 0x012;
    public static final int PRP_OFFSET_INVALID = 0x013;
    public static final int ATOMIC_WRITE_UNIT_EXCEEDED = 0x014;
    public static final int OPERATION_DENIED = 0x015;
    public static final int SGL_OFFSET_INVALID = 0x016;
    public static final int HOST_IDENTIFIER_INCONSISTENT_FORMAT = 0x018;
    public static final int KEEP_ALIVE_TIMER_EXPIRED = 0x019;
    public static final int KEEP_ALIVE_TIMEOUT_INVALID = 0x01A;
    public static final int COMMAND_ABORTED_DUE_TO_PREEMPT_AND_ABORT = 0x01B;
    public static final int SANITIZE_FAILED = 0x01C;
    public static final int SANITIZE_IN_PROGRESS = 0x01D;
    public static final int SGL_DATA_BLOCK_GRANULARITY_INVALID = 0x01E;
    public static final int COMMAND_NOT_SUPPORTED_FOR_QUEUE_IN_CMB = 0x01F;
    public static final int NAMESPACE_IS_WRITE_PROTECTED = 0x020;
    public static final int COMMAND_INTERRUPTED = 0x021;
    public static final int TRANSIENT_TRANSPORT_ERROR = 0x022;
    public static final int COMMAND_PROHIBITED_BY_COMMAND_AND_FEATURE_LOCKDOWN = 0x023;
    public static final int ADMIN_COMMAND_MEDIA_NOT_READY = 0x024;
    public static final int LBA_OUT_OF_RANGE = 0x080;
    public static final int CAPACITY_EXCEEDED = 0x081;
    public static final int NAMESPACE_NOT_READY = 0x082;
    public static final int RESERVATION_CONFLICT = 0x083;
    public static final int FORMAT_IN_PROGRESS = 0x084;

    // Command specific status, SCT 1; 80h to 83h NVM, B8h to BFh Zoned.
    public static final int COMPLETION_QUEUE_INVALID = 0x100;
    public static final int INVALID_QUEUE_IDENTIFIER = 0x101;
    public static final int INVALID_QUEUE_SIZE = 0x102;
    public static final int ABORT_COMMAND_LIMIT_EXCEEDED = 0x103;
    public static final int ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED = 0x105;
    public static final int INVALID_FIRMWARE_SLOT = 0x106;
    public static final int INVALID_FIRMWARE_IMAGE = 0x107;
    public static final int INVALID_INTERRUPT_VECTOR = 0x108;
    public static final int INVALID_LOG_PAGE = 0x109;
    public static final int INVALID_FORMAT = 0x10A;
    public static final int FIRMWARE_ACTIVATION_REQUIRES_CONVENTIONAL_RESET = 0x10B;
    public static final int INVALID_QUEUE_DELETION = 0x10C;
    public static final int FEATURE_IDENTIFIER_NOT_SAVEABLE = 0x10D;
    public static final int FEATURE_NOT_CHANGEABLE = 0x10E;
    public static final int FEATURE_NOT_NAMESPACE_SPECIFIC = 0x10F;
    public static final int FIRMWARE_ACTIVATION_REQUIRES_NVM_SUBSYSTEM_RESET = 0x110;
    public static final int FIRMWARE_ACTIVATION_REQUIRES_CONTROLLER_LEVEL_RESET = 0x111;
    public static final int FIRMWARE_ACTIVATION_REQUIRES_MAXIMUM_TIME_VIOLATION = 0x112;
    public static final int FIRMWARE_ACTIVATION_PROHIBITED = 0x113;
    public static final int OVERLAPPING_RANGE = 0x114;
    public static final int NAMESPACE_INSUFFICIENT_CAPACITY = 0x115;
    public static final int NAMESPACE_IDENTIFIER_UNAVAILABLE = 0x116;
    public static final int NAMESPACE_ALREADY_ATTACHED = 0x118;
    public static final int NAMESPACE_IS_PRIVATE = 0x119;
    public static final int NAMESPACE_NOT_ATTACHED = 0x11A;
    public static final int THIN_PROVISIONING_NOT_SUPPORTED = 0x11B;
    public static final int CONTROLLER_LIST_INVALID = 0x11C;
    public static final int DEVICE_SELF_TEST_IN_PROGRESS = 0x11D;
    public static final int BOOT_PARTITION_WRITE_PROHIBITED = 0x11E;
    public static final int INVALID_CONTROLLER_IDENTIFIER = 0x11F;
    public static final int INVALID_SECONDARY_CONTROLLER_STATE = 0x120;
    public static final int INVALID_NUMBER_OF_CONTROLLER_RESOURCES = 0x121;
    public static final int INVALID_RESOURCE_IDENTIFIER = 0x122;
    public static final int SANITIZE_PROHIBITED_WHILE_PMR_IS_ENABLED = 0x123;
    public static final int ANA_GROUP_IDENTIFIER_INVALID = 0x124;
    public static final int ANA_ATTACH_FAILED = 0x125;
    public static final int INSUFFICIENT_CAPACITY = 0x126;
    public static final int NAMESPACE_ATTACHMENT_LIMIT_EXCEEDED = 0x127;
    public static final int PROHIBITION_OF_COMMAND_EXECUTION_NOT_SUPPORTED = 0x128;
    public static final int IO_COMMAND_SET_NOT_SUPPORTED = 0x129;
    public static final int IO_COMMAND_SET_NOT_ENABLED = 0x12A;
    public static final int IO_COMMAND_SET_COMBINATION_REJECTED = 0x12B;
    public static final int INVALID_IO_COMMAND_SET = 0x12C;
    public static final int IDENTIFIER_UNAVAILABLE = 0x12D;
    public static final int CONFLICTING_ATTRIBUTES = 0x180;
    public static final int INVALID_PROTECTION_INFORMATION = 0x181;
    public static final int ATTEMPTED_WRITE_TO_READ_ONLY_RANGE = 0x182;
    public static final int COMMAND_SIZE_LIMIT_EXCEEDED = 0x183;
    public static final int ZONE_BOUNDARY_ERROR = 0x1B8;
    public static final int ZONE_IS_FULL = 0x1B9;
    public static final int ZONE_IS_READ_ONLY = 0x1BA;
    public static final int ZONE_IS_OFFLINE = 0x1BB;
    public static final int ZONE_INVALID_WRITE = 0x1BC;
    public static final int TOO_MANY_ACTIVE_ZONES = 0x1BD;
    public static final int TOO_MANY_OPEN_ZONES = 0x1BE;
    public static final int INVALID_ZONE_STATE_TRANSITION = 0x1BF;

    // Media and data integrity errors, SCT 2.
    public static final int WRITE_FAULT = 0x280;
    public static final int UNRECOVERED_READ_ERROR = 0x281;
    public static final int END_TO_END_GUARD_CHECK_ERROR = 0x282;
    public static final int END_TO_END_APPLICATION_TAG_CHECK_ERROR = 0x283;
    public static final int END_TO_END_REFERENCE_TAG_CHECK_ERROR = 0x284;
    public static final int COMPARE_FAILURE = 0x285;
    public static final int ACCESS_DENIED = 0x286;
    public static final int DEALLOCATED_OR_UNWRITTEN_LOGICAL_BLOCK = 0x287;
    public static final int END_TO_END_STORAGE_TAG_CHECK_ERROR = 0x288;

    // Path related status, SCT 3. The last two come from the host itself.
    public static final int INTERNAL_PATH_ERROR = 0x300;
    public static final int ASYMMETRIC_ACCESS_PERSISTENT_LOSS = 0x301;
    public static final int ASYMMETRIC_ACCESS_INACCESSIBLE = 0x302;
    public static final int ASYMMETRIC_ACCESS_TRANSITION = 0x303;
    public static final int CONTROLLER_PATHING_ERROR = 0x360;
    public static final int HOST_PATHING_ERROR = 0x370;
    public static final int COMMAND_ABORTED_BY_HOST = 0x371;

    private static final BitField SC = BitField.of(7, 0);
    private static final BitField SCT = BitField.of(10, 8);
    private static final BitField CRD = BitField.of(12, 11);
    private static final int CODE_TYPE_AND_CODE_MASK = 0x7FF;

    private Status() {}

    /** {@code status} with DNR set. */
    public static int doNotRetry(int status) {
        return status | DO_NOT_RETRY;
    }

    /** SCT, 0 to 7. */
    public static int codeType(int status) {
        return SCT.get(status);
    }

    /** SC, 0 to FFh. */
    public static int code(int status) {
        return SC.get(status);
    }

    /** SCT and SC without CRD, M and DNR: comparable with the constants. */
    public static int codeTypeAndCode(int status) {
        return status & CODE_TYPE_AND_CODE_MASK;
    }

    /** CRD: 0 retry at once, n wait the time Identify Controller gives in CRDTn. */
    public static int commandRetryDelay(int status) {
        return CRD.get(status);
    }

    /** {@code status} with CRD replaced, 0 to 3. Only meaningful without DNR. */
    public static int withCommandRetryDelay(int status, int delay) {
        return CRD.set(status, delay);
    }

    /** Whether SCT and SC are both 0. */
    public static boolean isSuccess(int status) {
        return codeTypeAndCode(status) == SUCCESS;
    }

    /** Whether DNR is set. */
    public static boolean isDoNotRetry(int status) {
        return (status & DO_NOT_RETRY) != 0;
    }

    /** For people: {@code LBA Out of Range (0/80h), do not retry}. */
    public static String describe(int status) {
        String name = StatusNames.name(codeTypeAndCode(status));
        return "%s (%d/%02Xh)%s%s"
                .formatted(
                        name,
                        codeType(status),
                        code(status),
                        (status & MORE) != 0 ? ", more in the error log" : "",
                        isDoNotRetry(status) ? ", do not retry" : "");
    }
}
