package io.doorbell.spec.log;

/** Log page identifiers, LID (Base 2.0 §5.16.1). */
public final class LogPageId {
    public static final int SUPPORTED_LOG_PAGES = 0x00;
    public static final int ERROR_INFORMATION = 0x01;
    public static final int SMART_HEALTH_INFORMATION = 0x02;
    public static final int FIRMWARE_SLOT_INFORMATION = 0x03;
    public static final int CHANGED_NAMESPACE_LIST = 0x04;
    public static final int COMMANDS_SUPPORTED_AND_EFFECTS = 0x05;
    public static final int DEVICE_SELF_TEST = 0x06;
    public static final int TELEMETRY_HOST_INITIATED = 0x07;
    public static final int TELEMETRY_CONTROLLER_INITIATED = 0x08;
    public static final int ENDURANCE_GROUP_INFORMATION = 0x09;
    public static final int PREDICTABLE_LATENCY_PER_NVM_SET = 0x0A;
    public static final int PREDICTABLE_LATENCY_EVENT_AGGREGATE = 0x0B;
    public static final int ASYMMETRIC_NAMESPACE_ACCESS = 0x0C;
    public static final int PERSISTENT_EVENT_LOG = 0x0D;
    public static final int LBA_STATUS_INFORMATION = 0x0E;
    public static final int ENDURANCE_GROUP_EVENT_AGGREGATE = 0x0F;
    public static final int MEDIA_UNIT_STATUS = 0x10;
    public static final int SUPPORTED_CAPACITY_CONFIGURATION_LIST = 0x11;
    public static final int FEATURE_IDENTIFIERS_SUPPORTED_AND_EFFECTS = 0x12;
    public static final int NVME_MI_COMMANDS_SUPPORTED_AND_EFFECTS = 0x13;
    public static final int COMMAND_AND_FEATURE_LOCKDOWN = 0x14;
    public static final int BOOT_PARTITION = 0x15;
    public static final int DISCOVERY = 0x70;
    public static final int RESERVATION_NOTIFICATION = 0x80;
    public static final int SANITIZE_STATUS = 0x81;
    public static final int CHANGED_ZONE_LIST = 0xBF;

    private LogPageId() {}

    /** The name, for people; an identifier without one is shown in hexadecimal. */
    public static String name(int identifier) {
        return switch (identifier) {
            case SUPPORTED_LOG_PAGES -> "Supported Log Pages";
            case ERROR_INFORMATION -> "Error Information";
            case SMART_HEALTH_INFORMATION -> "SMART / Health Information";
            case FIRMWARE_SLOT_INFORMATION -> "Firmware Slot Information";
            case CHANGED_NAMESPACE_LIST -> "Changed Namespace List";
            case COMMANDS_SUPPORTED_AND_EFFECTS -> "Commands Supported and Effects";
            case DEVICE_SELF_TEST -> "Device Self-test";
            case TELEMETRY_HOST_INITIATED -> "Telemetry Host-Initiated";
            case TELEMETRY_CONTROLLER_INITIATED -> "Telemetry Controller-Initiated";
            case ENDURANCE_GROUP_INFORMATION -> "Endurance Group Information";
            case PREDICTABLE_LATENCY_PER_NVM_SET -> "Predictable Latency Per NVM Set";
            case PREDICTABLE_LATENCY_EVENT_AGGREGATE -> "Predictable Latency Event Aggregate";
            case ASYMMETRIC_NAMESPACE_ACCESS -> "Asymmetric Namespace Access";
            case PERSISTENT_EVENT_LOG -> "Persistent Event Log";
            case LBA_STATUS_INFORMATION -> "LBA Status Information";
            case ENDURANCE_GROUP_EVENT_AGGREGATE -> "Endurance Group Event Aggregate";
            case MEDIA_UNIT_STATUS -> "Media Unit Status";
            case SUPPORTED_CAPACITY_CONFIGURATION_LIST -> "Supported Capacity Configuration List";
            case FEATURE_IDENTIFIERS_SUPPORTED_AND_EFFECTS ->
                    "Feature Identifiers Supported and Effects";
            case NVME_MI_COMMANDS_SUPPORTED_AND_EFFECTS -> "NVMe-MI Commands Supported and Effects";
            case COMMAND_AND_FEATURE_LOCKDOWN -> "Command and Feature Lockdown";
            case BOOT_PARTITION -> "Boot Partition";
            case DISCOVERY -> "Discovery";
            case RESERVATION_NOTIFICATION -> "Reservation Notification";
            case SANITIZE_STATUS -> "Sanitize Status";
            case CHANGED_ZONE_LIST -> "Changed Zone List";
            default -> "Log page %02Xh".formatted(identifier);
        };
    }
}
