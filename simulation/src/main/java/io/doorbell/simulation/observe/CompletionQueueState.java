package io.doorbell.simulation.observe;

import io.doorbell.spec.Doorbells;

/**
 * A completion queue as the events on the bus describe it.
 *
 * <pre>
 *  slot   0   1   2   3   4   5   6
 *             ^head       ^tail        head: the host's, as it reached the device; tail: next to post
 * </pre>
 */
public final class CompletionQueueState {
    private static final int NONE = -1;

    private final int id;
    private final int entryCount;
    private final boolean signals;
    private final int vector;
    private final QueueMemory memory;
    private final Overlooked overlooked = new Overlooked();
    private int tail;
    private int head;
    private boolean phase = true;
    private int doubtful = NONE;
    private boolean lowStored; // the first half of the entry at the tail
    private long lastPost; // in the order of all posts of all queues
    private long postedTotal;
    private int submissionQueues;
    private boolean excused;
    private boolean shadowed;
    private boolean published;
    private boolean wasFull; // since it was last empty
    private long relieved;

    CompletionQueueState(int id, int entryCount, boolean signals, int vector, QueueMemory memory) {
        this.id = id;
        this.entryCount = entryCount;
        this.signals = signals;
        this.vector = vector;
        this.memory = memory;
    }

    public int id() {
        return id;
    }

    public int entryCount() {
        return entryCount;
    }

    /** IEN. */
    public boolean signals() {
        return signals;
    }

    /** IV. */
    public int vector() {
        return vector;
    }

    /** The slot to be filled next. */
    public int tail() {
        return tail;
    }

    /** The host's head, as the device could know it. */
    public int head() {
        return head;
    }

    /** The phase tag of the next entry. */
    public boolean phase() {
        return phase;
    }

    /** No entry may be posted until the host moves its head. */
    public boolean isFull() {
        return Doorbells.distance(head, tail, entryCount) == entryCount - 1;
    }

    /** Entries that the host has not consumed. */
    public int unread() {
        return Doorbells.distance(head, tail, entryCount);
    }

    /** The rank of its last entry among all that were posted; 0 before the first. */
    public long lastPost() {
        return lastPost;
    }

    public long postedTotal() {
        return postedTotal;
    }

    /** Submission queues that complete here. */
    public int submissionQueues() {
        return submissionQueues;
    }

    /** A fault or the host spoilt it; nothing is asked of it until it is created anew. */
    public boolean isExcused() {
        return excused;
    }

    /** Whether a fault may keep its device from noticing a ring at this moment. */
    public boolean mayBeOverlooked(long nowNanos) {
        return overlooked.isPossible(nowNanos);
    }

    /** Its head is published in the shadow buffer. */
    public boolean isShadowed() {
        return shadowed;
    }

    /** Whether it has been full since it was last empty. */
    public boolean wasFull() {
        return wasFull;
    }

    /** How often the host's head has moved after it was full. */
    public long relieved() {
        return relieved;
    }

    // ---- what the model does -----------------------------------------------------------------

    QueueMemory memory() {
        return memory;
    }

    boolean accepts(int value) {
        return Doorbells.isHeadMove(head, value, tail, entryCount);
    }

    void head(int value) {
        head = value;
        doubtful = NONE;
        relieved += wasFull ? 1 : 0;
        if (head == tail) {
            wasFull = false;
        }
    }

    void doubtfulHead(int value) {
        doubtful = value;
    }

    boolean takesDoubtfulHead() {
        if (doubtful == NONE || !accepts(doubtful)) {
            return false;
        }
        head(doubtful);
        return true;
    }

    boolean isLowStored() {
        return lowStored;
    }

    void lowStored() {
        lowStored = true;
    }

    void posted(long rank) {
        lowStored = false;
        lastPost = rank;
        postedTotal++;
        tail++;
        if (tail == entryCount) {
            tail = 0;
            phase = !phase;
        }
        wasFull |= isFull();
    }

    void links(int change) {
        submissionQueues += change;
    }

    void excuse() {
        excused = true;
    }

    Overlooked overlooked() {
        return overlooked;
    }

    /** Nobody knows where the device is in an excused queue: it goes on where it writes. */
    void follow(int slot, boolean itsPhase) {
        tail = slot;
        phase = itsPhase;
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
