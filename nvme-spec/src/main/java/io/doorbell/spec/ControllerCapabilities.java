package io.doorbell.spec;

/**
 * CAP, Controller Capabilities (Base 2.0 §3.1.3.1): what the controller can do, fixed at power on.
 *
 * <p>Readers take the raw register. {@link #builder} makes a value for a device to report.
 *
 * @param value the raw register
 */
public record ControllerCapabilities(long value) {
    /** {@link #commandSets}: the NVM command set. */
    public static final int COMMAND_SET_NVM = 1;

    /** {@link #commandSets}: I/O command sets are listed by Identify CNS 1Ch. */
    public static final int COMMAND_SET_IO_COMMAND_SETS = 1 << 6;

    /** {@link #commandSets}: no I/O command set at all. */
    public static final int COMMAND_SET_ADMIN_ONLY = 1 << 7;

    /** {@link #arbitrationMechanisms}: weighted round robin with urgent class. */
    public static final int ARBITRATION_WEIGHTED_ROUND_ROBIN = 1;

    /** Unit of {@link #timeoutHalfSeconds}. */
    public static final long TIMEOUT_UNIT_NANOS = 500_000_000;

    private static final BitField MQES = BitField.of(15, 0);
    private static final BitField CQR = BitField.bit(16);
    private static final BitField AMS = BitField.of(18, 17);
    private static final BitField TO = BitField.of(31, 24);
    private static final BitField DSTRD = BitField.of(35, 32);
    private static final BitField NSSRS = BitField.bit(36);
    private static final BitField CSS = BitField.of(44, 37);
    private static final BitField BPS = BitField.bit(45);
    private static final BitField CPS = BitField.of(47, 46);
    private static final BitField MPSMIN = BitField.of(51, 48);
    private static final BitField MPSMAX = BitField.of(55, 52);
    private static final BitField PMRS = BitField.bit(56);
    private static final BitField CMBS = BitField.bit(57);
    private static final BitField NSSS = BitField.bit(58);
    private static final BitField CRWMS = BitField.bit(59);
    private static final BitField CRIMS = BitField.bit(60);

    /** Starts from all zeros. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * MQES: largest I/O queue in entries, counted from zero; at least 1. Does not limit admin
     * queues.
     */
    public static int maximumQueueEntriesZeroBased(long capabilities) {
        return (int) MQES.get(capabilities);
    }

    /** CQR: I/O queues must be physically contiguous. */
    public static boolean contiguousQueuesRequired(long capabilities) {
        return CQR.isSet(capabilities);
    }

    /** AMS: bit 0 weighted round robin with urgent class, bit 1 vendor specific. */
    public static int arbitrationMechanisms(long capabilities) {
        return (int) AMS.get(capabilities);
    }

    /** TO: worst time for CSTS.RDY to follow CC.EN, in units of 500 ms. */
    public static int timeoutHalfSeconds(long capabilities) {
        return (int) TO.get(capabilities);
    }

    /** DSTRD: doorbells are 4 &lt;&lt; DSTRD bytes apart; see {@link Doorbells}. */
    public static int doorbellStride(long capabilities) {
        return (int) DSTRD.get(capabilities);
    }

    /** NSSRS: the NSSR register works. */
    public static boolean subsystemResetSupported(long capabilities) {
        return NSSRS.isSet(capabilities);
    }

    /** CSS: bit 0 NVM, bit 6 I/O Command Sets by CNS 1Ch, bit 7 admin only. */
    public static int commandSets(long capabilities) {
        return (int) CSS.get(capabilities);
    }

    /** BPS: boot partitions are supported. */
    public static boolean bootPartitionsSupported(long capabilities) {
        return BPS.isSet(capabilities);
    }

    /** CPS: 0 not reported, 1 controller, 2 domain, 3 NVM subsystem. */
    public static int powerScope(long capabilities) {
        return (int) CPS.get(capabilities);
    }

    /** MPSMIN: smallest memory page is 2^(12 + value) bytes. */
    public static int minimumPageSize(long capabilities) {
        return (int) MPSMIN.get(capabilities);
    }

    /** MPSMAX: largest memory page is 2^(12 + value) bytes. */
    public static int maximumPageSize(long capabilities) {
        return (int) MPSMAX.get(capabilities);
    }

    /** PMRS: a Persistent Memory Region is supported. */
    public static boolean persistentMemoryRegionSupported(long capabilities) {
        return PMRS.isSet(capabilities);
    }

    /** CMBS: a Controller Memory Buffer is supported. */
    public static boolean controllerMemoryBufferSupported(long capabilities) {
        return CMBS.isSet(capabilities);
    }

    /** NSSS: NVM subsystem shutdown is supported; needs NSSRS. */
    public static boolean subsystemShutdownSupported(long capabilities) {
        return NSSS.isSet(capabilities);
    }

    /** CRMS bit 0 (CRWMS): ready only once media is; required by versions after 1.4. */
    public static boolean readyWithMediaSupported(long capabilities) {
        return CRWMS.isSet(capabilities);
    }

    /** CRMS bit 1 (CRIMS): may be ready before media is. */
    public static boolean readyIndependentOfMediaSupported(long capabilities) {
        return CRIMS.isSet(capabilities);
    }

    /** Largest I/O queue, 2 to 65,536 entries. */
    public static int maximumQueueEntries(long capabilities) {
        return maximumQueueEntriesZeroBased(capabilities) + 1;
    }

    /** Unit of MDTS: the smallest memory page, 4 KiB to 128 MiB. */
    public static int minimumPageSizeBytes(long capabilities) {
        return 1 << (12 + minimumPageSize(capabilities));
    }

    /** Largest memory page, 4 KiB to 128 MiB. */
    public static int maximumPageSizeBytes(long capabilities) {
        return 1 << (12 + maximumPageSize(capabilities));
    }

    /** Worst time for CSTS.RDY to follow CC.EN, 0 to 127.5 s. */
    public static long timeoutNanos(long capabilities) {
        return timeoutHalfSeconds(capabilities) * TIMEOUT_UNIT_NANOS;
    }

    /**
     * Collects the fields of one value. A setter throws {@link IllegalArgumentException} if its
     * argument does not fit the field.
     */
    public static final class Builder {
        private long value;

        private Builder() {}

        /** Sets MQES. */
        public Builder maximumQueueEntriesZeroBased(int field) {
            value = MQES.set(value, field);
            return this;
        }

        /** Sets CQR. */
        public Builder contiguousQueuesRequired(boolean required) {
            value = CQR.set(value, required);
            return this;
        }

        /** Sets AMS. */
        public Builder arbitrationMechanisms(int field) {
            value = AMS.set(value, field);
            return this;
        }

        /** Sets TO. */
        public Builder timeoutHalfSeconds(int field) {
            value = TO.set(value, field);
            return this;
        }

        /** Sets DSTRD. */
        public Builder doorbellStride(int field) {
            value = DSTRD.set(value, field);
            return this;
        }

        /** Sets NSSRS. */
        public Builder subsystemResetSupported(boolean supported) {
            value = NSSRS.set(value, supported);
            return this;
        }

        /** Sets CSS. */
        public Builder commandSets(int field) {
            value = CSS.set(value, field);
            return this;
        }

        /** Sets BPS. */
        public Builder bootPartitionsSupported(boolean supported) {
            value = BPS.set(value, supported);
            return this;
        }

        /** Sets CPS. */
        public Builder powerScope(int field) {
            value = CPS.set(value, field);
            return this;
        }

        /** Sets MPSMIN. */
        public Builder minimumPageSize(int field) {
            value = MPSMIN.set(value, field);
            return this;
        }

        /** Sets MPSMAX. */
        public Builder maximumPageSize(int field) {
            value = MPSMAX.set(value, field);
            return this;
        }

        /** Sets PMRS. */
        public Builder persistentMemoryRegionSupported(boolean supported) {
            value = PMRS.set(value, supported);
            return this;
        }

        /** Sets CMBS. */
        public Builder controllerMemoryBufferSupported(boolean supported) {
            value = CMBS.set(value, supported);
            return this;
        }

        /** Sets NSSS. */
        public Builder subsystemShutdownSupported(boolean supported) {
            value = NSSS.set(value, supported);
            return this;
        }

        /** Sets CRWMS. */
        public Builder readyWithMediaSupported(boolean supported) {
            value = CRWMS.set(value, supported);
            return this;
        }

        /** Sets CRIMS. */
        public Builder readyIndependentOfMediaSupported(boolean supported) {
            value = CRIMS.set(value, supported);
            return this;
        }

        /** The finished capabilities. */
        public ControllerCapabilities build() {
            return new ControllerCapabilities(value);
        }
    }
}
