package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** The data of feature 0Eh, Timestamp, as one qword (Base 2.0 §5.27.1). */
public final class Timestamp {
    /** The count began at 0 with a reset. */
    public static final int ORIGIN_RESET = 0;

    /** The host has set the count. */
    public static final int ORIGIN_HOST = 1;

    /** Size of the data. */
    public static final int SIZE_BYTES = 8;

    private static final BitField MILLISECONDS = BitField.of(47, 0);
    private static final BitField SYNCH = BitField.bit(48);
    private static final BitField ORIGIN = BitField.of(51, 49);

    private Timestamp() {}

    /** ms since 1970-01-01 00:00 UTC, or since the last reset if the origin is 0. */
    public static long millis(long timestamp) {
        return MILLISECONDS.get(timestamp);
    }

    /** {@code timestamp} with MILLISECONDS replaced. */
    public static long withMillis(long timestamp, long millis) {
        return MILLISECONDS.set(timestamp, millis);
    }

    /** The count may have stopped at times. Only in Get Features. */
    public static boolean stopped(long timestamp) {
        return SYNCH.isSet(timestamp);
    }

    /** {@code timestamp} with SYNCH replaced. */
    public static long withStopped(long timestamp, boolean stopped) {
        return SYNCH.set(timestamp, stopped);
    }

    /** {@link #ORIGIN_RESET} or {@link #ORIGIN_HOST}. Only in Get Features. */
    public static int origin(long timestamp) {
        return (int) ORIGIN.get(timestamp);
    }

    /** {@code timestamp} with ORIGIN replaced. */
    public static long withOrigin(long timestamp, int origin) {
        return ORIGIN.set(timestamp, origin);
    }
}
