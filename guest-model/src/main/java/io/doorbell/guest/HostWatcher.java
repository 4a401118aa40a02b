package io.doorbell.guest;

/**
 * Told what a host's driver does, at the moment it does it, by the actor that does it: a watcher of
 * a host with several CPUs is called from several threads. Queue 0 is the admin queue.
 */
public interface HostWatcher {
    /**
     * A command was written into a submission queue; its doorbell follows.
     *
     * @param queueId of the submission queue
     * @param startLba 0 for an admin command and a foreign one
     * @param blocks 0 for an admin command and a foreign one
     */
    default void submitted(
            int queueId, int commandId, int slot, int opcode, long startLba, long blocks) {}

    /** A completion was taken from the queue for a command that was outstanding. */
    default void completed(int queueId, int commandId, int status) {}

    /** A completion was taken that no outstanding command of this queue has. */
    default void unknownCompletion(int queueId, int commandId, int status) {}

    /** A command is overdue. */
    default void timedOut(int queueId, int commandId) {}

    /** A command that was overdue had completed; only nobody had looked. */
    default void completionPolled(int queueId, int commandId) {}

    /** An Abort for this command was submitted. */
    default void abortSent(int queueId, int commandId) {}

    /** The Abort for this command ended; {@code result} is its DW0. */
    default void abortEnded(int queueId, int commandId, int status, int result) {}

    /** A command was outstanding when its queue was taken away; it will never complete. */
    default void cancelled(int queueId, int commandId) {}

    /** The I/O of a command that failed or was cancelled waits to be sent again, as another. */
    default void requeued(int queueId, int commandId, int status, int retries) {}

    /** The I/O of a command failed for good. */
    default void gaveUp(int queueId, int commandId, int status) {}

    /** The controller did not know a queue that the host wanted to be deleted. */
    default void queueMissing(boolean isSubmissionQueue, int queueId) {}

    /**
     * A reset, or a re-creation of the queues, begins.
     *
     * @param epoch counts them, from 1
     */
    default void resetBegun(int epoch, String why) {}

    /** It has ended: the controller is in use again, or never will be. */
    default void resetEnded(int epoch, boolean usable) {}
}
