package io.doorbell.controller.admin;

import io.doorbell.spec.Status;

/** What became of an admin command. */
sealed interface AdminOutcome {
    /** It is finished: status field and DW0. */
    record Done(int status, int result) implements AdminOutcome {}

    /** It will be finished later, or never (Asynchronous Event Request). */
    record Pending() implements AdminOutcome {}

    Done SUCCESS = new Done(Status.SUCCESS, 0);
    Pending PENDING = new Pending();

    /** Finished with this status, which is 0 for success. */
    static Done done(int status) {
        return status == Status.SUCCESS ? SUCCESS : new Done(status, 0);
    }

    /** Refused: the same command would be refused again. */
    static Done refused(int status) {
        return new Done(Status.doNotRetry(status), 0);
    }

    /** Successful, with a result in DW0. */
    static Done result(int result) {
        return new Done(Status.SUCCESS, result);
    }
}
