package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Create I/O Completion Queue, admin 05h (Base 2.0 §5.4). PRP1 is the base of a contiguous queue,
 * or a PRP List of its pages.
 */
public final class CreateCompletionQueue {
    private static final BitField QID = BitField.of(15, 0);
    private static final BitField QSIZE = BitField.of(31, 16);
    private static final BitField PC = BitField.bit(0);
    private static final BitField IEN = BitField.bit(1);
    private static final BitField IV = BitField.of(31, 16);

    private CreateCompletionQueue() {}

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

    /** IEN: posting entries signals the vector. */
    public static boolean interruptsEnabled(SubmissionEntry entry) {
        return IEN.isSet(entry.cdw11());
    }

    /** Sets IEN. */
    public static SubmissionEntry interruptsEnabled(
            SubmissionEntry entry, boolean interruptsEnabled) {
        return entry.cdw11(IEN.set(entry.cdw11(), interruptsEnabled));
    }

    /** IV: MSI-X or MSI vector; 0 for pin-based interrupts. */
    public static int interruptVector(SubmissionEntry entry) {
        return IV.get(entry.cdw11());
    }

    /** Sets IV. */
    public static SubmissionEntry interruptVector(SubmissionEntry entry, int interruptVector) {
        return entry.cdw11(IV.set(entry.cdw11(), interruptVector));
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
