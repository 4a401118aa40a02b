package io.doorbell.simulation.observe;

import io.doorbell.spec.Doorbells;

import java.util.BitSet;

/**
 * A submission queue as the events on the bus describe it.
 *
 * <pre>
 *  slot   0   1   2   3   4   5   6
 *             ^head       ^tail        head: next to be fetched; tail: as last rung and accepted
 * </pre>
 */
public final class SubmissionQueueState {
    /** For {@link #tail}: who knows when the device hears of it. */
    static final long SINCE_UNKNOWN = Long.MAX_VALUE;

    /** In place of a doorbell value: there is none. */
    static final int NONE = -1;

    private final int id;
    private final int entryCount;
    private final int completionQueueId;
    private final QueueMemory memory;
    private final Overlooked overlooked = new Overlooked();
    private final BitSet resolved = new BitSet(); // CIDs of the commands that completed last
    private int head;
    private int tail;
    private int doubtful =
            NONE; // a tail past the head when it arrived; the device may see it later
    private long fetchedTotal;
    private long reportedTotal;
    private int outstanding;
    private boolean deleting;
    private boolean excused;
    private boolean shadowed;
    private boolean published;
    private long waitingSince; // fetches of all queues since which it has something to fetch
    private long bypassed;

    SubmissionQueueState(int id, int entryCount, int completionQueueId, QueueMemory memory) {
        this.id = id;
        this.entryCount = entryCount;
        this.completionQueueId = completionQueueId;
        this.memory = memory;
    }

    public int id() {
        return id;
    }

    public int entryCount() {
        return entryCount;
    }

    public int completionQueueId() {
        return completionQueueId;
    }

    /** Next slot to be fetched. */
    public int head() {
        return head;
    }

    /** The slot after the last one that was rung. */
    public int tail() {
        return tail;
    }

    /** Slots that are rung and not fetched. */
    public int fetchable() {
        return Doorbells.distance(head, tail, entryCount);
    }

    /** Commands fetched since the queue was created. */
    public long fetchedTotal() {
        return fetchedTotal;
    }

    /** How many of them the host was told of by SQHD. */
    public long reportedTotal() {
        return reportedTotal;
    }

    /** The number of fetched commands that an SQHD speaks of: the latest it can mean. */
    public long totalOf(int sqHead) {
        return fetchedTotal - Doorbells.distance(sqHead % entryCount, head, entryCount);
    }

    /** Commands fetched and not completed. */
    public int outstanding() {
        return outstanding;
    }

    /** A Delete I/O Submission Queue for it was fetched. */
    public boolean isDeleting() {
        return deleting;
    }

    /** A fault or the host spoilt it; nothing is asked of it until it is created anew. */
    public boolean isExcused() {
        return excused;
    }

    /** Whether a fault may keep its device from noticing a ring at this moment. */
    public boolean mayBeOverlooked(long nowNanos) {
        return overlooked.isPossible(nowNanos);
    }

    /** Its tail is published in the shadow buffer. */
    public boolean isShadowed() {
        return shadowed;
    }

    /** Whether a command with this identifier was completed, and none fetched since. */
    public boolean wasResolved(int commandId) {
        return resolved.get(commandId);
    }

    /** Commands of other queues that were fetched while its last fetched one could have been. */
    public long bypassed() {
        return bypassed;
    }

    // ---- what the model does -----------------------------------------------------------------

    QueueMemory memory() {
        return memory;
    }

    /** Whether the device could take this tail now. */
    boolean accepts(int value) {
        return Doorbells.isTailMove(tail, value, head, entryCount);
    }

    void tail(int value, long fetchesOfAll) {
        if (tail == head) {
            waitingSince = fetchesOfAll;
        }
        tail = value;
        doubtful = NONE;
    }

    void doubtfulTail(int value) {
        doubtful = value;
    }

    /** A fetch beyond the tail: the device may have judged a ring later than it arrived. */
    boolean takesDoubtfulTail(long fetchesOfAll) {
        if (doubtful == NONE || !accepts(doubtful)) {
            return false;
        }
        tail(doubtful, fetchesOfAll);
        return true;
    }

    void fetched(int commandId, long fetchesOfAll) {
        head = head + 1 == entryCount ? 0 : head + 1;
        fetchedTotal++;
        outstanding++;
        bypassed = fetchesOfAll - 1 - waitingSince;
        waitingSince = fetchesOfAll;
        resolved.clear(commandId);
    }

    void resolvedOne(int commandId, long total) {
        outstanding--;
        reportedTotal = Math.max(reportedTotal, total);
        resolved.set(commandId);
    }

    void deleting(boolean begun) {
        deleting = begun;
    }

    void excuse() {
        excused = true;
    }

    Overlooked overlooked() {
        return overlooked;
    }

    /** Nobody knows what the device makes of an excused queue: it goes on where it reads. */
    void follow(int slot) {
        head = slot;
        tail = head + 1 == entryCount ? 0 : head + 1;
    }

    /** The host has used its place in the shadow buffer. */
    void published() {
        published = true;
    }

    /** Whether the device may take the value of a register for a pointer. */
    boolean heedsRegister() {
        return !published;
    }

    void shadowed() {
        shadowed = true;
    }
}
