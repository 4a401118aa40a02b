package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * A submission queue as its completion queue knows it. Travels with every batch, so that posting
 * needs no look-up.
 *
 * <p>The counts belong to the completion queue and to no one else.
 */
public final class SubmissionQueueLink {
    private final int queueId;
    private final int entryCount;
    private final ActorRef<SubmissionQueue.Command> submissionQueue;
    private final ActorRef<CompletionQueue.Command> completionQueue;

    long fetchedSeen; // the highest count of fetched commands that a batch has brought
    long arrived; // commands whose completion has arrived, posted or not
    boolean closed; // the queue is being deleted: nothing of it may be posted any more

    SubmissionQueueLink(
            int queueId,
            int entryCount,
            ActorRef<SubmissionQueue.Command> submissionQueue,
            ActorRef<CompletionQueue.Command> completionQueue) {
        this.queueId = queueId;
        this.entryCount = entryCount;
        this.submissionQueue = submissionQueue;
        this.completionQueue = completionQueue;
    }

    /** The id of the submission queue, 0 for the admin queue. */
    public int queueId() {
        return queueId;
    }

    ActorRef<SubmissionQueue.Command> submissionQueue() {
        return submissionQueue;
    }

    ActorRef<CompletionQueue.Command> completionQueue() {
        return completionQueue;
    }

    /** Notes what a batch brought; SQHD never moves back, whatever order batches complete in. */
    void see(CommandBatch batch) {
        fetchedSeen = Math.max(fetchedSeen, batch.fetchedTotal());
    }

    /** SQHD: the next slot to be fetched, as far as the completion queue knows (Base §3.3.3.2). */
    int submissionHead() {
        return (int) (fetchedSeen % entryCount);
    }
}
