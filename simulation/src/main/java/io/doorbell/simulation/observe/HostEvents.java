package io.doorbell.simulation.observe;

/** What a host says of its commands, at the moment when it does it. Queue 0 is the admin queue. */
public interface HostEvents {
    /**
     * The host is about to ring for a command. Of I/O commands only, as are the next two.
     *
     * @param slba first block
     * @param blocks 0 if the opcode names no blocks
     */
    default void submitted(int queueId, int commandId, int opcode, long slba, int blocks) {}

    /** The host has consumed the completion of a command and checked its data. */
    default void completed(int queueId, int commandId, int status) {}

    /** The host knows that the command will never complete: its queue or epoch is over. */
    default void cancelled(int queueId, int commandId) {}

    /** A command is overdue. */
    default void timedOut(int queueId, int commandId) {}

    /** The host is about to send an Abort of a command. */
    default void abortMeant(int queueId, int commandId) {}

    /** A command that was overdue had completed; only nobody had looked. */
    default void foundCompleted(int queueId, int commandId) {}

    /** The host has consumed the completion of a command that it does not know. */
    default void unknownCompletion(int queueId, int commandId) {}

    /** The controller did not know a queue that the host wanted to be deleted. */
    default void queueMissing(boolean isSubmissionQueue, int queueId) {}

    /** The I/O of a command that failed or was cancelled waits to be sent again, as another. */
    default void sentAgain(int queueId, int commandId) {}

    /** A reset, or a re-creation of the queues, begins: what completes may be left unread. */
    default void resetBegun() {}

    /** It has ended. */
    default void resetEnded() {}

    /** The I/O of a command failed for good. */
    default void gaveUp(int queueId, int commandId) {}
}
