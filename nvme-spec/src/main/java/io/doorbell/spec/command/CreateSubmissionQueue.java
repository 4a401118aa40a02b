package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Create I/O Submission Queue, admin 01h (Base 2.0 §5.5). PRP1 is the base of a contiguous queue,
 * or a PRP List of its pages.
 */
public final class CreateSubmissionQueue {
    /** QPRIO: always before the weighted classes. */
    public static final int PRIORITY_URGENT = 0;

    /** QPRIO: weight HPW of feature Arbitration. */
    public static final int PRIORITY_HIGH = 1;

    /** QPRIO: weight MPW of feature Arbitration. */
    public static final int PRIORITY_MEDIUM = 2;

    /** QPRIO: weight LPW of feature Arbitration. */
    public static final int PRIORITY_LOW = 3;

    private static final BitField QID = BitField.of(15, 0);
    private static final BitField QSIZE = BitField.of(31, 16);
    private static final BitField PC = BitField.bit(0);
    private static final BitField QPRIO = BitField.of(2, 1);
    private static final BitField CQID = BitField.of(31, 16);
    private static final BitField NVMSETID = BitField.of(15, 0);

    private CreateSubmissionQueue() {}

    /** PRP1: page aligned address of the queue, or of its PRP List. */
    public static long base(SubmissionEntry entry) {
        return entry.prp1();
    }

    /** Sets the field of {@link #base(SubmissionEntry)}. */
    public static SubmissionEntry base(SubmissionEntry entry, long base) {
        return entry.prp1(base);
    }

    /** QID: 1 to 65,535. */
    public static int queueId(SubmissionEntry entry) {
        return QID.get(entry.cdw10());
    }

    /** Sets QID. */
    public static SubmissionEntry queueId(SubmissionEntry entry, int queueId) {
        return entry.cdw10(QID.set(entry.cdw10(), queueId));
    }

    /** QSIZE: entries counted from zero; 0 is not allowed. */
    public static int queueSizeZeroBased(SubmissionEntry entry) {
        return QSIZE.get(entry.cdw10());
    }

    /** Sets QSIZE. */
    public static SubmissionEntry queueSizeZeroBased(
            SubmissionEntry entry, int queueSizeZeroBased) {
        return entry.cdw10(QSIZE.set(entry.cdw10(), queueSizeZeroBased));
    }

    /** PC: the base is the queue itself rather than a PRP List. */
    public static boolean physicallyContiguous(SubmissionEntry entry) {
        return PC.isSet(entry.cdw11());
    }

    /** Sets PC. */
    public static SubmissionEntry physicallyContiguous(
            SubmissionEntry entry, boolean physicallyContiguous) {
        return entry.cdw11(PC.set(entry.cdw11(), physicallyContiguous));
    }

    /** QPRIO: one of the {@code PRIORITY_} constants; only used by weighted round robin. */
    public static int priority(SubmissionEntry entry) {
        return QPRIO.get(entry.cdw11());
    }

    /** Sets QPRIO. */
    public static SubmissionEntry priority(SubmissionEntry entry, int priority) {
        return entry.cdw11(QPRIO.set(entry.cdw11(), priority));
    }

    /** CQID: the existing completion queue that gets this queue's completions. */
    public static int completionQueueId(SubmissionEntry entry) {
        return CQID.get(entry.cdw11());
    }

    /** Sets CQID. */
    public static SubmissionEntry completionQueueId(SubmissionEntry entry, int completionQueueId) {
        return entry.cdw11(CQID.set(entry.cdw11(), completionQueueId));
    }

    /** NVMSETID: NVM set the queue is associated with; 0 for none. */
    public static int nvmSetId(SubmissionEntry entry) {
        return NVMSETID.get(entry.cdw12());
    }

    /** Sets NVMSETID. */
    public static SubmissionEntry nvmSetId(SubmissionEntry entry, int nvmSetId) {
        return entry.cdw12(NVMSETID.set(entry.cdw12(), nvmSetId));
    }

    /** Entries of the queue, 2 to 65,536, or 1 if QSIZE is not allowed. */
    public static int entryCount(SubmissionEntry entry) {
        return queueSizeZeroBased(entry) + 1;
    }

    /** Sets QSIZE from a count of 2 to 65,536 entries. */
    public static SubmissionEntry entryCount(SubmissionEntry entry, int entryCount) {
        return queueSizeZeroBased(entry, entryCount - 1);
    }
}
