package io.doorbell.guest;

import org.jspecify.annotations.Nullable;

/** Where a queue's I/O comes from, and where the outcome goes. Belongs to its queue actor. */
interface IoFeed {
    /** The next I/O to submit, ready with its data, or null if there is none now. */
    @Nullable IoWork next(long nowNanos);

    /** An I/O that {@link #next} has given is to be sent again: makes its data ready once more. */
    void prepareAgain(IoWork work);

    /** The I/O has ended with this status; data that was read is in place. */
    void completed(IoWork work, int status);

    /** When to ask again if nothing completes before; {@code Long.MAX_VALUE}: no need. */
    long nextDueNanos();

    /** True when nothing will come any more. */
    boolean isFinished();
}
