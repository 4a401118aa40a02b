package io.doorbell.guest.workload;

/**
 * Requests between "next in the program" and "completed", in a bounded window. Keeps the program's
 * order where it matters: a request waits for every earlier one whose blocks it shares, unless both
 * read, also for those that wait themselves. Anything else may overtake.
 *
 * <p>A Flush conflicts with nothing: the device makes durable what has completed, and so does the
 * Linux block layer, which neither holds a flush back for writes in flight nor holds them back for
 * it. Whoever wants a write covered waits for it first.
 *
 * <pre>
 *  admit ──▶ waiting ──takeReady, when its count of earlier conflicts is 0──▶ outstanding ──release──▶
 * </pre>
 *
 * <p>Cost: one pass over the window for each admission and release; nothing is allocated.
 */
final class HazardWindow {
    private static final int NONE = -1;

    private final Operation[] operations;
    private final long[] startLbas;
    private final long[] endLbas;
    private final int[] tags;
    private final int[] blockers; // earlier conflicting requests not yet released
    private final boolean[] used;
    private final boolean[] outstanding;
    private final int[] freeSlots; // a stack
    private final int[] nextWaiting; // the waiting, oldest first, as a list through the slots
    private final int[] previousWaiting;
    private int freeCount;
    private int firstWaiting = NONE;
    private int lastWaiting = NONE;

    /** An empty window for at most {@code capacity} waiting and outstanding requests. */
    HazardWindow(int capacity) {
        operations = new Operation[capacity];
        startLbas = new long[capacity];
        endLbas = new long[capacity];
        tags = new int[capacity];
        blockers = new int[capacity];
        used = new boolean[capacity];
        outstanding = new boolean[capacity];
        freeSlots = new int[capacity];
        nextWaiting = new int[capacity];
        previousWaiting = new int[capacity];
        for (int slot = capacity - 1; slot >= 0; slot--) {
            operations[slot] = Operation.FLUSH;
            freeSlots[freeCount++] = slot;
        }
    }

    boolean isFull() {
        return freeCount == 0;
    }

    boolean hasWaiting() {
        return firstWaiting != NONE;
    }

    /** Adds the program's next request; the window must not be full. */
    void admit(Operation operation, long startLba, long blockCount, int tag) {
        int slot = freeSlots[--freeCount];
        operations[slot] = operation;
        startLbas[slot] = startLba;
        endLbas[slot] = startLba + blockCount;
        tags[slot] = tag;
        int conflicts = 0;
        for (int other = 0; other < used.length; other++) {
            if (used[other] && conflict(slot, other)) {
                conflicts++;
            }
        }
        blockers[slot] = conflicts;
        used[slot] = true;
        appendWaiting(slot);
    }

    /** Fills the request with the oldest that nothing earlier blocks; false if there is none. */
    boolean takeReady(IoRequest request) {
        for (int slot = firstWaiting; slot != NONE; slot = nextWaiting[slot]) {
            if (blockers[slot] == 0) {
                removeWaiting(slot);
                outstanding[slot] = true;
                request.fill(operations[slot], startLbas[slot], endLbas[slot] - startLbas[slot]);
                request.slot(slot);
                request.originIndex(tags[slot]);
                return true;
            }
        }
        return false;
    }

    /**
     * The request taken has completed.
     *
     * @throws IllegalStateException when it had completed before, or was never taken
     */
    void release(IoRequest request) {
        int slot = request.slot();
        if (!outstanding[slot]) {
            throw new IllegalStateException(
                    request + " is not outstanding; each request completes exactly once");
        }
        outstanding[slot] = false;
        used[slot] = false;
        freeSlots[freeCount++] = slot;
        for (int later = firstWaiting; later != NONE; later = nextWaiting[later]) {
            if (conflict(slot, later)) {
                blockers[later]--;
            }
        }
    }

    private boolean conflict(int slot, int other) {
        return conflict(
                operations[slot],
                startLbas[slot],
                endLbas[slot],
                operations[other],
                startLbas[other],
                endLbas[other]);
    }

    /** True when the two must keep their order; the ends are exclusive. */
    static boolean conflict(
            Operation one, long start, long end, Operation other, long otherStart, long otherEnd) {
        return start < otherEnd
                && otherStart < end
                && (one.changesBlocks() || other.changesBlocks());
    }

    private void appendWaiting(int slot) {
        previousWaiting[slot] = lastWaiting;
        nextWaiting[slot] = NONE;
        if (lastWaiting == NONE) {
            firstWaiting = slot;
        } else {
            nextWaiting[lastWaiting] = slot;
        }
        lastWaiting = slot;
    }

    private void removeWaiting(int slot) {
        if (previousWaiting[slot] == NONE) {
            firstWaiting = nextWaiting[slot];
        } else {
            nextWaiting[previousWaiting[slot]] = nextWaiting[slot];
        }
        if (nextWaiting[slot] == NONE) {
            lastWaiting = previousWaiting[slot];
        } else {
            previousWaiting[nextWaiting[slot]] = previousWaiting[slot];
        }
    }
}
