package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Abort, admin 08h (Base 2.0 §5.1). Best effort: the result says whether the command was aborted.
 */
public final class Abort {
    /** Completion DW0: the command was aborted, and its own completion was posted first. */
    public static final int RESULT_ABORTED = 0;

    /** Completion DW0: the command was not aborted, for whatever reason. */
    public static final int RESULT_NOT_ABORTED = 1;

    private static final BitField SQID = BitField.of(15, 0);
    private static final BitField CID = BitField.of(31, 16);

    private Abort() {}

    /** SQID: submission queue of the command to abort; 0 is the admin queue. */
    public static int queueId(SubmissionEntry entry) {
        return SQID.get(entry.cdw10());
    }

    /** Sets SQID. */
    public static SubmissionEntry queueId(SubmissionEntry entry, int queueId) {
        return entry.cdw10(SQID.set(entry.cdw10(), queueId));
    }

    /** CID: the command to abort. */
    public static int commandId(SubmissionEntry entry) {
        return CID.get(entry.cdw10());
    }

    /** Sets CID. */
    public static SubmissionEntry commandId(SubmissionEntry entry, int commandId) {
        return entry.cdw10(CID.set(entry.cdw10(), commandId));
    }
}
