package io.doorbell.spec.feature;

/**
 * Feature 0Bh, Asynchronous Event Configuration (Base 2.0 §5.27.1.8): a bit that is 1 lets its
 * event be sent. Bits 31:8 mean the same in OAES of Identify Controller. Error events have no bit.
 */
public final class AsynchronousEventConfiguration {
    /** SMART: spare capacity below its threshold. */
    public static final int SPARE = 1;

    /** SMART: temperature threshold crossed. */
    public static final int TEMPERATURE = 1 << 1;

    /** SMART: reliability degraded. */
    public static final int RELIABILITY = 1 << 2;

    /** SMART: media read only. */
    public static final int READ_ONLY = 1 << 3;

    /** SMART: volatile memory backup failed. */
    public static final int VOLATILE_BACKUP = 1 << 4;

    /** SMART: Persistent Memory Region unreliable or read only. */
    public static final int PERSISTENT_MEMORY = 1 << 5;

    /** Notice: namespace attributes. */
    public static final int NAMESPACE_ATTRIBUTE = 1 << 8;

    /** Notice: firmware activation. */
    public static final int FIRMWARE_ACTIVATION = 1 << 9;

    /** Notice: telemetry log. */
    public static final int TELEMETRY = 1 << 10;

    /** Notice: Asymmetric Namespace Access. */
    public static final int ANA_CHANGE = 1 << 11;

    /** Notice: predictable latency aggregate. */
    public static final int PREDICTABLE_LATENCY = 1 << 12;

    /** Notice: LBA status information. */
    public static final int LBA_STATUS = 1 << 13;

    /** Notice: endurance group aggregate. */
    public static final int ENDURANCE_GROUP = 1 << 14;

    /** Immediate: normal NVM subsystem shutdown. */
    public static final int SUBSYSTEM_SHUTDOWN = 1 << 15;

    /** Notice: zone descriptor. */
    public static final int ZONE_DESCRIPTOR = 1 << 27;

    /** Notice: discovery log page. */
    public static final int DISCOVERY_LOG = 1 << 31;

    /** Bits 7:0: the critical warnings, as in {@link io.doorbell.spec.log.SmartHealth}. */
    public static final int SMART_MASK = 0xFF;

    /** Bits that mean nothing. */
    public static final int RESERVED_MASK = 0x77FF_00C0;

    private AsynchronousEventConfiguration() {}
}
