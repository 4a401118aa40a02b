package io.doorbell.testkit.conformance;

/**
 * How one test ended.
 *
 * @param message why it failed or did not apply; empty if it passed
 * @param dump registers and queues at the end of a failed test, else empty
 * @param nanos of wall-clock time
 */
public record TestResult(TestCase test, Outcome outcome, String message, String dump, long nanos) {

    /** How a test can end. */
    public enum Outcome {
        PASSED,
        FAILED,
        NOT_APPLICABLE
    }

    public boolean failed() {
        return outcome == Outcome.FAILED;
    }
}
