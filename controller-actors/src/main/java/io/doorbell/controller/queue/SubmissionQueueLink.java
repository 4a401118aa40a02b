package io.doorbell.controller.queue;

import io.doorbell.spec.Status;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A submission queue as its completion queue knows it. Travels with every batch, so that posting
 * needs no look-up.
 *
 * <p>Both queues are on one shard, so both use what is here: the submission queue opens batches and
 * aborts commands, the completion queue counts what arrives and closes batches.
 */
public final class SubmissionQueueLink {
    /** An abort that had effect, and whose command is not posted yet. */
    private record PendingAbort(
            CommandBatch batch, int index, SubmissionQueue.AbortCommand request) {}

    static final long NEVER = Long.MAX_VALUE;

    private final int queueId;
    private final int entryCount;
    private final ActorRef<SubmissionQueue.Command> submissionQueue;
    private final ActorRef<CompletionQueue.Command> completionQueue;
    private final @Nullable ActorRef<Arbiter.Command> arbiter;
    private @Nullable List<PendingAbort> aborts;
    private @Nullable CommandBatch newest; // of the batches not wholly posted, linked by older()

    long fetchedSeen; // the highest count of fetched commands that a batch has brought
    long arrived; // commands whose completion has arrived, posted or not
    long callAt = NEVER; // so many have to arrive before the queue, which waits, can go on
    boolean closed; // the queue is being deleted: nothing of it may be posted any more

    SubmissionQueueLink(
            int queueId,
            int entryCount,
            ActorRef<SubmissionQueue.Command> submissionQueue,
            ActorRef<CompletionQueue.Command> completionQueue,
            @Nullable ActorRef<Arbiter.Command> arbiter) {
        this.queueId = queueId;
        this.entryCount = entryCount;
        this.submissionQueue = submissionQueue;
        this.completionQueue = completionQueue;
        this.arbiter = arbiter;
    }

    /** The same queue for completions that none of its commands awaits. */
    SubmissionQueueLink withoutAccount() {
        SubmissionQueueLink other =
                new SubmissionQueueLink(
                        queueId, entryCount, submissionQueue, completionQueue, null);
        other.fetchedSeen = fetchedSeen;
        return other;
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
    void see(CommandBatch batch, long mask) {
        fetchedSeen = Math.max(fetchedSeen, batch.fetchedTotal());
        int count = Long.bitCount(mask);
        arrived += count;
        if (arrived >= callAt) {
            callAt = NEVER;
            submissionQueue.tell(SubmissionQueue.FETCH_AGAIN);
        }
        if (arbiter != null) {
            arbiter.tell(new Arbiter.Finished(count));
        }
    }

    /** SQHD: the next slot to be fetched, as far as the completion queue knows (Base §3.3.3.2). */
    int submissionHead() {
        return (int) (fetchedSeen % entryCount);
    }

    // ---- batches on their way ----------------------------------------------------------------

    void opened(CommandBatch batch) {
        batch.linkBefore(newest);
        newest = batch;
    }

    void closed(CommandBatch batch) {
        if (newest == batch) {
            newest = batch.older();
        }
        batch.unlink();
    }

    // ---- aborts ------------------------------------------------------------------------------

    /** Asks for the end of a command that is being executed; false if there is none. */
    boolean abort(SubmissionQueue.AbortCommand request) {
        for (CommandBatch batch = newest; batch != null; batch = batch.older()) {
            if (abort(request, batch)) {
                return true;
            }
        }
        return false;
    }

    /** As above, if the command is of this batch. */
    boolean abort(SubmissionQueue.AbortCommand request, CommandBatch batch) {
        int index = batch.executing(request.commandId());
        if (index < 0) {
            return false;
        }
        batch.requestAbort(1L << index);
        if (aborts == null) {
            aborts = new ArrayList<>(1);
        }
        aborts.add(new PendingAbort(batch, index, request));
        return true;
    }

    /** Asks for the end of everything. */
    void abortAll() {
        for (CommandBatch batch = newest; batch != null; batch = batch.older()) {
            batch.requestAbort(batch.all());
        }
    }

    /** A command was posted or dropped: whoever wanted its abort hears how it ended. */
    void finished(CommandBatch batch, int index) {
        if (aborts != null) {
            answer(aborts, batch, index);
        }
    }

    private void answer(List<PendingAbort> pending, CommandBatch batch, int index) {
        for (Iterator<PendingAbort> all = pending.iterator(); all.hasNext(); ) {
            PendingAbort abort = all.next();
            if (abort.batch() == batch && abort.index() == index) {
                int status = batch.command(index).status();
                boolean aborted = status == Status.COMMAND_ABORT_REQUESTED && !closed;
                abort.request()
                        .replyTo()
                        .tell(
                                new SubmissionQueue.AbortAnswer(
                                        queueId, abort.request().commandId(), aborted));
                all.remove();
            }
        }
        if (pending.isEmpty()) {
            aborts = null;
        }
    }
}
