package io.doorbell.spec;

/** What a host writes to NSSR and NSSD (Base 2.0 §3.1.3.7, §3.6.3). Both are ASCII signatures. */
public final class SubsystemReset {
    /** NSSR: "NVMe" starts an NVM Subsystem Reset; any other value has no effect. */
    public static final int RESET = 0x4E56_4D65;

    /** NSSD: "Nrml" starts a normal NVM subsystem shutdown. */
    public static final int SHUTDOWN_NORMAL = 0x4E72_6D6C;

    /** NSSD: "Abpt" starts an abrupt NVM subsystem shutdown. */
    public static final int SHUTDOWN_ABRUPT = 0x4162_7074;

    private SubsystemReset() {}
}
