package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/**
 * Feature 07h, Number of Queues (Base 2.0 §5.27.1.5). CDW11 asks and completion DW0 answers, in the
 * same layout, each counted from zero.
 */
public final class NumberOfQueues {
    /** The one value, in either half, that cannot be asked for. */
    public static final int INVALID_COUNT_ZERO_BASED = 0xFFFF;

    private static final BitField NSQ = BitField.of(15, 0);
    private static final BitField NCQ = BitField.of(31, 16);

    private NumberOfQueues() {}

    /** NSQR or NSQA: I/O submission queues, counted from zero, at most 65,534. */
    public static int submissionQueuesZeroBased(int value) {
        return NSQ.get(value);
    }

    /** NCQR or NCQA: I/O completion queues, counted from zero, at most 65,534. */
    public static int completionQueuesZeroBased(int value) {
        return NCQ.get(value);
    }

    /** I/O submission queues, 1 to 65,536. */
    public static int submissionQueues(int value) {
        return submissionQueuesZeroBased(value) + 1;
    }

    /** I/O completion queues, 1 to 65,536. */
    public static int completionQueues(int value) {
        return completionQueuesZeroBased(value) + 1;
    }

    /**
     * The value for two counts of queues.
     *
     * @throws IllegalArgumentException if a count is not within 1 to 65,536
     */
    public static int of(int submissionQueues, int completionQueues) {
        return NSQ.set(0, submissionQueues - 1) | NCQ.set(0, completionQueues - 1);
    }
}
