package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Delete I/O Submission Queue, admin 00h, and Delete I/O Completion Queue, admin 04h (Base 2.0
 * §5.7, §5.6).
 */
public final class DeleteQueue {
    private static final BitField QID = BitField.of(15, 0);

    private DeleteQueue() {}

    /** QID: the queue to delete, 1 to 65,535. */
    public static int queueId(SubmissionEntry entry) {
        return QID.get(entry.cdw10());
    }

    /** Sets QID. */
    public static SubmissionEntry queueId(SubmissionEntry entry, int queueId) {
        return entry.cdw10(QID.set(entry.cdw10(), queueId));
    }
}
