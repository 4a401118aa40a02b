package io.doorbell.testkit.conformance;

/** Thrown by a test whose subject the device does not offer; the message says what. */
public final class NotApplicable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotApplicable(String reason) {
        super(reason, null, false, false);
    }

    /** Goes on only if the device offers what the test is about. */
    public static void unless(boolean offered, String reason) {
        if (!offered) {
            throw new NotApplicable(reason);
        }
    }
}
