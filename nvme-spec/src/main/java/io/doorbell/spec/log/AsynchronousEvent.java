package io.doorbell.spec.log;

import io.doorbell.spec.BitField;

/**
 * Completion DW0 of an Asynchronous Event Request (Base 2.0 §5.2): what happened, and the log page
 * to read about it. The constants are whole values.
 */
public final class AsynchronousEvent {
    /** Error status. */
    public static final int TYPE_ERROR = 0;

    /** SMART / Health status. */
    public static final int TYPE_SMART = 1;

    /** Notice. */
    public static final int TYPE_NOTICE = 2;

    /** Immediate; has no log page and is never masked. */
    public static final int TYPE_IMMEDIATE = 3;

    /** I/O command set specific. */
    public static final int TYPE_IO_COMMAND_SET = 6;

    /** Vendor specific. */
    public static final int TYPE_VENDOR = 7;

    /** Error: write to the doorbell of a queue that does not exist. */
    public static final int INVALID_DOORBELL_REGISTER = 0x0001_0000;

    /** Error: a doorbell value out of range, or one that passes the other pointer. */
    public static final int INVALID_DOORBELL_VALUE = 0x0001_0100;

    /** Error: a diagnostic failed. */
    public static final int DIAGNOSTIC_FAILURE = 0x0001_0200;

    /** Error: internal and lasting; CSTS.CFS may follow. */
    public static final int PERSISTENT_INTERNAL_ERROR = 0x0001_0300;

    /** Error: internal and over. */
    public static final int TRANSIENT_INTERNAL_ERROR = 0x0001_0400;

    /** Error: a firmware image could not be loaded. */
    public static final int FIRMWARE_IMAGE_LOAD_ERROR = 0x0001_0500;

    /** SMART: reliability is degraded. */
    public static final int RELIABILITY = 0x0002_0001;

    /** SMART: a temperature threshold was crossed. */
    public static final int TEMPERATURE_THRESHOLD = 0x0002_0101;

    /** SMART: spare capacity is below its threshold. */
    public static final int SPARE_BELOW_THRESHOLD = 0x0002_0201;

    /** Notice: Identify data of a namespace changed. */
    public static final int NAMESPACE_ATTRIBUTE_CHANGED = 0x0004_0002;

    /** Notice: commands pause for a firmware activation. */
    public static final int FIRMWARE_ACTIVATION_STARTING = 0x0003_0102;

    /** Notice: telemetry is there to be read. */
    public static final int TELEMETRY_LOG_CHANGED = 0x0008_0202;

    /** Notice: an ANA state changed. */
    public static final int ANA_CHANGE = 0x000C_0302;

    /** Notice: a predictable latency event. */
    public static final int PREDICTABLE_LATENCY_AGGREGATE = 0x000B_0402;

    /** Notice: LBA status information changed. */
    public static final int LBA_STATUS = 0x000E_0502;

    /** Notice: an endurance group event. */
    public static final int ENDURANCE_GROUP_AGGREGATE = 0x000F_0602;

    /** Notice: a zone changed. */
    public static final int ZONE_DESCRIPTOR_CHANGED = 0x00BF_EF02;

    /** Notice: the discovery log page changed. */
    public static final int DISCOVERY_LOG_CHANGED = 0x0070_F002;

    /** Immediate: a normal NVM subsystem shutdown began. */
    public static final int SUBSYSTEM_SHUTDOWN = 0x0000_0003;

    /** I/O command set: a reservation log page. */
    public static final int RESERVATION_LOG_AVAILABLE = 0x0080_0006;

    /** I/O command set: sanitize completed. */
    public static final int SANITIZE_COMPLETED = 0x0081_0106;

    /** I/O command set: sanitize completed and deallocated more than asked. */
    public static final int SANITIZE_COMPLETED_DEALLOCATED = 0x0081_0206;

    private static final BitField TYPE = BitField.of(2, 0);
    private static final BitField INFO = BitField.of(15, 8);
    private static final BitField LOG_PAGE_ID = BitField.of(23, 16);

    private AsynchronousEvent() {}

    /** One of the {@code TYPE_} constants. */
    public static int type(int event) {
        return TYPE.get(event);
    }

    /** Which event of its type. */
    public static int information(int event) {
        return INFO.get(event);
    }

    /** The log page to read; see {@link LogPageId}. */
    public static int logPageId(int event) {
        return LOG_PAGE_ID.get(event);
    }

    /** In words, for people; ends with the log page, or without one if there is none. */
    public static String describe(int event) {
        String what = "%s, information %02Xh".formatted(typeName(type(event)), information(event));
        int page = logPageId(event);
        return page == 0
                ? what
                : "%s, log page %02Xh (%s)".formatted(what, page, LogPageId.name(page));
    }

    private static String typeName(int type) {
        return switch (type) {
            case TYPE_ERROR -> "error";
            case TYPE_SMART -> "SMART";
            case TYPE_NOTICE -> "notice";
            case TYPE_IMMEDIATE -> "immediate";
            case TYPE_IO_COMMAND_SET -> "I/O command set";
            case TYPE_VENDOR -> "vendor specific";
            default -> "type " + type;
        };
    }

    /** The DW0 of an event without a name here. */
    public static int of(int type, int information, int logPageId) {
        return TYPE.set(0, type) | INFO.set(0, information) | LOG_PAGE_ID.set(0, logPageId);
    }
}
