package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;

/** What the driver tells its I/O queues while it resets or re-creates them, step by step. */
sealed interface QueueOrder extends HostMessage {
    /** Answer to an order with this number: done. */
    record Done(int number) implements HostMessage {}

    /** Submit nothing more; go on consuming. */
    record Quiesce(int number) implements QueueOrder {}

    /** Neither submit nor consume: no doorbell may follow. */
    record Stop(int number) implements QueueOrder {}

    /**
     * The controller has let go of the memory of this queue. Takes what has completed, cancels what
     * has not, and begins anew.
     */
    record Renew(int number, int epoch) implements QueueOrder {}

    /**
     * The queue exists; go on.
     *
     * @param shadow whether the shadow buffers are in use
     * @param retryDelays what CRD 1 to 3 mean
     */
    record GoOn(boolean shadow, RetryDelays retryDelays) implements QueueOrder {}

    /** The controller is lost: all I/O fails, now and from now on. */
    record Abandon() implements QueueOrder {}

    /** An Abort was sent for this command. */
    record AbortSent(int commandId) implements QueueOrder {}

    /** Has this command completed, unseen? If not, {@link Missing} is the answer. */
    record LookFor(Overdue command) implements QueueOrder {}

    /**
     * To the driver: a command takes too long.
     *
     * @param aborted whether an Abort was sent for it
     * @param first whether it is overdue for the first time
     */
    record Overdue(
            int epoch,
            int queueId,
            int submissionQueueId,
            int commandId,
            boolean aborted,
            boolean first,
            String what)
            implements HostMessage {}

    /** To the driver: it has not completed. */
    record Missing(Overdue command) implements HostMessage {}
}
