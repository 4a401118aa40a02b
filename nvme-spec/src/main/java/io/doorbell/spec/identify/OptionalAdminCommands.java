package io.doorbell.spec.identify;

/** OACS: which optional admin commands a controller has (Base 2.0 §5.17.2.1, bytes 257:256). */
public final class OptionalAdminCommands {
    /** Security Send and Receive. */
    public static final int SECURITY = 1;

    /** Format NVM. */
    public static final int FORMAT_NVM = 1 << 1;

    /** Firmware Commit and Image Download. */
    public static final int FIRMWARE = 1 << 2;

    /** Namespace Management and Attachment. */
    public static final int NAMESPACE_MANAGEMENT = 1 << 3;

    /** Device Self-test. */
    public static final int DEVICE_SELF_TEST = 1 << 4;

    /** Directive Send and Receive. */
    public static final int DIRECTIVES = 1 << 5;

    /** NVMe-MI Send and Receive. */
    public static final int NVME_MI = 1 << 6;

    /** Virtualization Management. */
    public static final int VIRTUALIZATION_MANAGEMENT = 1 << 7;

    /** Doorbell Buffer Config. */
    public static final int DOORBELL_BUFFER_CONFIG = 1 << 8;

    /** Get LBA Status. */
    public static final int GET_LBA_STATUS = 1 << 9;

    /** Command and Feature Lockdown. */
    public static final int LOCKDOWN = 1 << 10;

    private OptionalAdminCommands() {}
}
