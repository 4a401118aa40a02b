package io.doorbell.guest;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.typed.ActorRef;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The host's side of a submission queue: writes entries, then rings the tail doorbell once for all
 * of them (Base §3.3.1.4).
 *
 * <p>What the controller has consumed it learns from completion entries alone (SQHD).
 */
final class SubmissionRing {
    private static final int DOORBELL_WIDTH_BYTES = 4;

    private final MemoryWindow queue;
    private final int entryCount;
    private final ActorRef<PciAccess> lane;
    private final long doorbellOffset;
    private final MemorySegment draft;
    private final SubmissionEntry entry;
    private int tail;
    private int rungTail;
    private int head; // the controller's, as completion entries report it

    SubmissionRing(
            MemoryWindow queue, int entryCount, ActorRef<PciAccess> lane, long doorbellOffset) {
        this.queue = queue;
        this.entryCount = entryCount;
        this.lane = lane;
        this.doorbellOffset = doorbellOffset;
        this.draft = Arena.ofAuto().allocate(SubmissionEntry.SIZE_BYTES, Long.BYTES);
        this.entry = new SubmissionEntry().wrap(draft, 0);
    }

    /** A cleared entry to fill; {@link #push} writes it into the queue. */
    SubmissionEntry draft() {
        return entry.clear();
    }

    /** Whether another entry would make the queue look empty (Base §3.3.1.5). */
    boolean isFull() {
        return (tail + 1 == entryCount ? 0 : tail + 1) == head;
    }

    /** A completion entry said that slots before {@code submissionHead} are free again. */
    void consumedTo(int submissionHead) {
        head = submissionHead;
    }

    /** Writes the draft into the next slot. The controller does not see it before the ring. */
    void push() {
        queue.write((long) tail * SubmissionEntry.SIZE_BYTES, draft, 0, SubmissionEntry.SIZE_BYTES);
        tail = tail + 1 == entryCount ? 0 : tail + 1;
    }

    /** Publishes what was pushed since the last ring; the message orders it behind the entries. */
    void ring() {
        if (tail != rungTail) {
            rungTail = tail;
            lane.tell(new PciAccess.BarWrite(0, doorbellOffset, DOORBELL_WIDTH_BYTES, tail));
        }
    }
}
