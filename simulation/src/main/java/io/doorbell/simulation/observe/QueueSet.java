package io.doorbell.simulation.observe;

import io.doorbell.spec.Doorbells;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/** The queues that exist, and where they lie. */
final class QueueSet {
    private final @Nullable SubmissionQueueState[] submissions;
    private final @Nullable CompletionQueueState[] completions;
    private final QueuePages submissionPages = new QueuePages();
    private final QueuePages completionPages = new QueuePages();
    private final BitSet rungEarly = new BitSet(); // doorbells rung while their queue was made
    private final BitSet restless = new BitSet(); // completion queues with something unfinished
    private final BitSet restlessSubmissions = new BitSet();
    private final CommandTable commands;
    private final DataMap map;

    QueueSet(int queuePairs, CommandTable commands, DataMap map) {
        this.submissions = new @Nullable SubmissionQueueState[queuePairs + 1];
        this.completions = new @Nullable CompletionQueueState[queuePairs + 1];
        this.commands = commands;
        this.map = map;
    }

    @Nullable SubmissionQueueState submission(int queueId) {
        return queueId < submissions.length ? submissions[queueId] : null;
    }

    @Nullable CompletionQueueState completion(int queueId) {
        return queueId < completions.length ? completions[queueId] : null;
    }

    /** Rings are on their way until then, of whatever queue. */
    void ringsMissing(long untilNanos) {
        for (int id = 0; id < idsEnd(); id++) {
            SubmissionQueueState submission = submission(id);
            if (submission != null) {
                submission.overlooked().wakeMissing(untilNanos);
            }
            CompletionQueueState completion = completion(id);
            if (completion != null) {
                completion.overlooked().wakeMissing(untilNanos);
            }
        }
    }

    /** The queue and byte an address belongs to, or {@link PageMap#NONE}. */
    long submissionAt(long address) {
        return submissionPages.find(address);
    }

    /** The queue and byte an address belongs to, or {@link PageMap#NONE}. */
    long completionAt(long address) {
        return completionPages.find(address);
    }

    void rungEarly(int doorbell) {
        rungEarly.set(doorbell);
    }

    /** Something happened to a queue that a quiet world must have finished. */
    void touch(@Nullable CompletionQueueState queue) {
        if (queue != null) {
            restless.set(queue.id());
        }
    }

    void touch(@Nullable SubmissionQueueState queue) {
        if (queue != null) {
            restlessSubmissions.set(queue.id());
        }
    }

    void touchAll() {
        for (int id = 0; id < completions.length; id++) {
            touch(completions[id]);
            touch(submissions[id]);
        }
    }

    BitSet restless() {
        return restless;
    }

    BitSet restlessSubmissions() {
        return restlessSubmissions;
    }

    /** Queues with nothing to do stay as they are until something happens to them. */
    void settle() {
        for (int id = restless.nextSetBit(0); id >= 0; id = restless.nextSetBit(id + 1)) {
            CompletionQueueState queue = completions[id];
            if (queue == null || queue.unread() == 0) {
                restless.clear(id);
            }
        }
        for (int id = restlessSubmissions.nextSetBit(0);
                id >= 0;
                id = restlessSubmissions.nextSetBit(id + 1)) {
            SubmissionQueueState queue = submissions[id];
            if (queue == null || (queue.outstanding() == 0 && queue.fetchable() == 0)) {
                restlessSubmissions.clear(id);
            }
        }
    }

    void addSubmission(SubmissionQueueState queue, ShadowState shadows) {
        if (queue.id() >= submissions.length) {
            return;
        }
        if (submissions[queue.id()] != null) {
            removeSubmission(queue.id());
        }
        for (long page : queue.memory().pages()) {
            long other = submissionPages.find(page << DataMap.PAGE_LOG2);
            SubmissionQueueState sharing =
                    other == PageMap.NONE ? null : submissions[QueuePages.queueId(other)];
            if (sharing != null) { // two queues in one place: no telling which is fetched
                sharing.excuse();
                queue.excuse();
            }
        }
        submissions[queue.id()] = queue;
        submissionPages.add(queue.id(), queue.memory());
        CompletionQueueState completion = completion(queue.completionQueueId());
        if (completion != null) {
            completion.links(1);
        }
        int doorbell = Doorbells.submissionTailIndex(queue.id());
        if (shadows.serves(doorbell)) {
            queue.shadowed();
        }
        if (rungEarly.get(doorbell)) {
            queue.excuse();
            rungEarly.clear(doorbell);
        }
    }

    void addCompletion(CompletionQueueState queue, ShadowState shadows) {
        if (queue.id() >= completions.length) {
            return;
        }
        if (completions[queue.id()] != null) {
            removeCompletion(queue.id());
        }
        for (long page : queue.memory().pages()) {
            long other = completionPages.find(page << DataMap.PAGE_LOG2);
            CompletionQueueState sharing =
                    other == PageMap.NONE ? null : completions[QueuePages.queueId(other)];
            if (sharing != null) {
                sharing.excuse();
                queue.excuse();
            }
        }
        completions[queue.id()] = queue;
        completionPages.add(queue.id(), queue.memory());
        int doorbell = Doorbells.completionHeadIndex(queue.id());
        if (shadows.serves(doorbell)) {
            queue.shadowed();
        }
        if (rungEarly.get(doorbell)) {
            queue.excuse();
            rungEarly.clear(doorbell);
        }
    }

    /** A submission queue is gone, and its commands with it (Base 2.0 §5.6). */
    void removeSubmission(int queueId) {
        SubmissionQueueState queue = submission(queueId);
        if (queue == null) {
            return;
        }
        for (int command = 0; command < commands.numbersEnd(); command++) {
            if (commands.isOutstanding(command) && commands.queueId(command) == queueId) {
                map.remove(command);
                commands.remove(command);
            }
        }
        submissionPages.remove(queueId, queue.memory());
        submissions[queueId] = null;
        restlessSubmissions.clear(queueId);
        CompletionQueueState completion = completion(queue.completionQueueId());
        if (completion != null) {
            completion.links(-1);
        }
    }

    void removeCompletion(int queueId) {
        CompletionQueueState queue = completion(queueId);
        if (queue != null) {
            completionPages.remove(queueId, queue.memory());
            completions[queueId] = null;
            restless.clear(queueId);
        }
    }

    /** Queues that have a place in the shadow buffer use it from now on. */
    void shadow(ShadowState shadows) {
        for (int id = 1; id < submissions.length; id++) {
            SubmissionQueueState submission = submissions[id];
            if (submission != null && shadows.serves(Doorbells.submissionTailIndex(id))) {
                submission.shadowed();
            }
            CompletionQueueState completion = completions[id];
            if (completion != null && shadows.serves(Doorbells.completionHeadIndex(id))) {
                completion.shadowed();
            }
        }
        touchAll();
    }

    int idsEnd() {
        return submissions.length;
    }

    void clear() {
        for (int id = 0; id < submissions.length; id++) {
            submissions[id] = null;
            completions[id] = null;
        }
        submissionPages.clear();
        completionPages.clear();
        rungEarly.clear();
        restless.clear();
        restlessSubmissions.clear();
    }
}
