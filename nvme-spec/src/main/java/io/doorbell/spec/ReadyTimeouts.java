package io.doorbell.spec;

/**
 * CRTO, Controller Ready Timeouts (Base 2.0 §3.1.3.21), in units of 500 ms. A host uses them
 * instead of CAP.TO when it waits for CSTS.RDY to become 1.
 */
public final class ReadyTimeouts {
    private static final BitField CRWMT = BitField.of(15, 0);
    private static final BitField CRIMT = BitField.of(31, 16);

    private ReadyTimeouts() {}

    /** CRWMT: with media ready; at least CRIMT. */
    public static int withMediaHalfSeconds(int timeouts) {
        return CRWMT.get(timeouts);
    }

    /** CRIMT: independent of media. */
    public static int independentOfMediaHalfSeconds(int timeouts) {
        return CRIMT.get(timeouts);
    }

    /** The register value of two timeouts in units of 500 ms, 0 to 65,535 each. */
    public static int of(int withMediaHalfSeconds, int independentOfMediaHalfSeconds) {
        return CRWMT.set(0, withMediaHalfSeconds) | CRIMT.set(0, independentOfMediaHalfSeconds);
    }
}
