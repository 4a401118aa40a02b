package io.doorbell.testkit.host;

import io.doorbell.spec.Status;

/**
 * Says what was expected and what was seen. Every failed expectation is an {@link AssertionError}.
 */
public final class Expect {
    private Expect() {}

    /** The values are equal; both are shown in hexadecimal. */
    public static void equal(String what, long actual, long expected) {
        if (actual != expected) {
            fail("%s is %Xh, expected %Xh".formatted(what, actual, expected));
        }
    }

    /** The value lies in a closed range. */
    public static void between(String what, long actual, long min, long max) {
        if (actual < min || actual > max) {
            fail("%s is %,d, expected %,d to %,d".formatted(what, actual, min, max));
        }
    }

    public static void that(String what, boolean holds) {
        if (!holds) {
            fail("not so: " + what);
        }
    }

    /**
     * The command ended with this status; do-not-retry and more are not looked at.
     *
     * @param expected a constant of {@link Status}
     */
    public static void status(Completion completion, int expected) {
        int seen = completion.status() & ~(Status.DO_NOT_RETRY | Status.MORE);
        if (seen != expected) {
            fail(
                    "%s ended with status %s, expected %s"
                            .formatted(
                                    completion,
                                    Status.describe(completion.status()),
                                    Status.describe(expected)));
        }
    }

    public static void success(Completion completion) {
        status(completion, Status.SUCCESS);
    }

    /** As {@link #status}, and the same command is expected to fail again (DNR). */
    public static void refused(Completion completion, int expected) {
        status(completion, expected);
        that(
                completion + " says do not retry (DNR)",
                (completion.status() & Status.DO_NOT_RETRY) != 0);
    }

    public static AssertionError fail(String message) {
        throw new AssertionError(message);
    }
}
