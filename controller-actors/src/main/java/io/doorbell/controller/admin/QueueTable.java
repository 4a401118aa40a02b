package io.doorbell.controller.admin;

import io.doorbell.controller.queue.CompletionQueue;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/** Which I/O queues exist, and which feeds which. An id is taken from create to deleted. */
final class QueueTable {
    /** An I/O completion queue; its actor is known once it is open. */
    static final class CompletionQueueEntry {
        private @Nullable ActorRef<CompletionQueue.Command> queue;
        private int submissionQueues;
        private boolean closing;

        boolean isFed() {
            return submissionQueues > 0;
        }
    }

    private final Map<Integer, CompletionQueueEntry> completionQueues = new TreeMap<>();
    private final char[] completionQueueOf; // by id of the submission queue; 0 if there is none
    private final Map<Integer, Boolean> submissionClosing = new TreeMap<>();

    QueueTable(int queuePairsMax) {
        completionQueueOf = new char[queuePairsMax + 1];
    }

    boolean hasCompletionQueue(int queueId) {
        return completionQueues.containsKey(queueId);
    }

    boolean hasSubmissionQueue(int queueId) {
        return completionQueueOf(queueId) != 0;
    }

    /** Whether a submission queue exists and is not being deleted. */
    boolean isSubmissionQueueOpen(int queueId) {
        return hasSubmissionQueue(queueId) && !submissionClosing.containsKey(queueId);
    }

    /** Where a submission queue posts; 0 if there is no such I/O queue. */
    int completionQueueOf(int queueId) {
        return queueId < completionQueueOf.length ? completionQueueOf[queueId] : 0;
    }

    void reserveCompletionQueue(int queueId) {
        completionQueues.put(queueId, new CompletionQueueEntry());
    }

    void completionQueueOpened(int queueId, ActorRef<CompletionQueue.Command> queue) {
        CompletionQueueEntry entry = completionQueues.get(queueId);
        if (entry != null) {
            entry.queue = queue;
        }
    }

    /** The actor of an open completion queue, or null. */
    @Nullable ActorRef<CompletionQueue.Command> completionQueue(int queueId) {
        CompletionQueueEntry entry = completionQueues.get(queueId);
        return entry == null || entry.closing ? null : entry.queue;
    }

    void addSubmissionQueue(int queueId, int completionQueueId) {
        completionQueueOf[queueId] = (char) completionQueueId;
        CompletionQueueEntry entry = completionQueues.get(completionQueueId);
        if (entry != null) {
            entry.submissionQueues++;
        }
    }

    /** Begins the deletion of a submission queue; false if there is none to delete. */
    boolean beginClosingSubmissionQueue(int queueId) {
        return hasSubmissionQueue(queueId) && submissionClosing.put(queueId, true) == null;
    }

    void submissionQueueClosed(int queueId) {
        submissionClosing.remove(queueId);
        CompletionQueueEntry entry = completionQueues.get(completionQueueOf(queueId));
        completionQueueOf[queueId] = 0;
        if (entry != null) {
            entry.submissionQueues--;
        }
    }

    /** The completion queue if it is open and not being deleted, or null. */
    @Nullable CompletionQueueEntry openCompletionQueue(int queueId) {
        CompletionQueueEntry entry = completionQueues.get(queueId);
        return entry == null || entry.closing || entry.queue == null ? null : entry;
    }

    void beginClosing(CompletionQueueEntry entry) {
        entry.closing = true;
    }

    void completionQueueClosed(int queueId) {
        completionQueues.remove(queueId);
    }
}
