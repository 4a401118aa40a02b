package io.doorbell.spec.identify;

/**
 * ONCS: which optional NVM commands and feature options a controller has (Base 2.0 §5.17.2.1, bytes
 * 521:520).
 */
public final class OptionalNvmCommands {
    /** Compare. */
    public static final int COMPARE = 1;

    /** Write Uncorrectable. */
    public static final int WRITE_UNCORRECTABLE = 1 << 1;

    /** Dataset Management. */
    public static final int DATASET_MANAGEMENT = 1 << 2;

    /** Write Zeroes. */
    public static final int WRITE_ZEROES = 1 << 3;

    /** SV of Set Features and SEL of Get Features. */
    public static final int SAVE_AND_SELECT = 1 << 4;

    /** Reservation commands. */
    public static final int RESERVATIONS = 1 << 5;

    /** Feature Timestamp. */
    public static final int TIMESTAMP = 1 << 6;

    /** Verify. */
    public static final int VERIFY = 1 << 7;

    /** Copy. */
    public static final int COPY = 1 << 8;

    private OptionalNvmCommands() {}
}
