package io.doorbell.spec;

/**
 * AQA, Admin Queue Attributes (Base 2.0 §3.1.3.8). Written only while CC.EN is 0; survives a
 * Controller Reset.
 */
public final class AdminQueueAttributes {
    /** Fewest entries of an admin queue. */
    public static final int ENTRIES_MIN = 2;

    /** Most entries of an admin queue. */
    public static final int ENTRIES_MAX = 4096;

    private static final BitField ASQS = BitField.of(11, 0);
    private static final BitField ACQS = BitField.of(27, 16);

    private AdminQueueAttributes() {}

    /** ASQS: entries of the admin submission queue, counted from zero; 0 is not allowed. */
    public static int submissionQueueSizeZeroBased(int attributes) {
        return ASQS.get(attributes);
    }

    /** ACQS: entries of the admin completion queue, counted from zero; 0 is not allowed. */
    public static int completionQueueSizeZeroBased(int attributes) {
        return ACQS.get(attributes);
    }

    /** Entries of the admin submission queue: 2 to 4,096, or 1 if the field is not set up. */
    public static int submissionQueueEntries(int attributes) {
        return submissionQueueSizeZeroBased(attributes) + 1;
    }

    /** Entries of the admin completion queue: 2 to 4,096, or 1 if the field is not set up. */
    public static int completionQueueEntries(int attributes) {
        return completionQueueSizeZeroBased(attributes) + 1;
    }

    /**
     * The register value for two queue sizes in entries, 2 to 4,096 each.
     *
     * @throws IllegalArgumentException if a size does not fit
     */
    public static int of(int submissionQueueEntries, int completionQueueEntries) {
        return ASQS.set(0, submissionQueueEntries - 1) | ACQS.set(0, completionQueueEntries - 1);
    }
}
