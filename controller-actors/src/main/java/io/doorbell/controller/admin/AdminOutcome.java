package io.doorbell.controller.admin;

import io.doorbell.spec.Status;

/** What became of an admin command. */
sealed interface AdminOutcome {
    /**
     * It is finished.
     *
     * @param status the status field
     * @param result DW0
     * @param wrongByte the byte of the submission entry that is wrong, or {@link #NO_BYTE}
     */
    record Done(int status, int result, int wrongByte) implements AdminOutcome {}

    /** It will be finished later, or never (Asynchronous Event Request). */
    record Pending() implements AdminOutcome {}

    /** No byte of the entry is known to be wrong. */
    int NO_BYTE = -1;

    Done SUCCESS = new Done(Status.SUCCESS, 0, NO_BYTE);
    Pending PENDING = new Pending();

    /** Finished with this status, which is 0 for success. */
    static Done done(int status) {
        return status == Status.SUCCESS ? SUCCESS : new Done(status, 0, NO_BYTE);
    }

    /** Refused: the same command would be refused again. */
    static Done refused(int status) {
        return refused(status, NO_BYTE);
    }

    /** Refused because of a byte of the submission entry. */
    static Done refused(int status, int wrongByte) {
        return new Done(Status.doNotRetry(status), 0, wrongByte);
    }

    /** Refused: Invalid Field in Command, because of a byte of the submission entry. */
    static Done invalidField(int wrongByte) {
        return refused(Status.INVALID_FIELD_IN_COMMAND, wrongByte);
    }

    /** Successful, with a result in DW0. */
    static Done result(int result) {
        return new Done(Status.SUCCESS, result, NO_BYTE);
    }
}
