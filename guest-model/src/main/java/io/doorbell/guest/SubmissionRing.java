package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.guest.HostPolicies.QueueMemory;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

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

    private final GuestMemory memory;
    private final MemoryWindow queue;
    private int entryCount;
    private final ActorRef<PciAccess> lane;
    private final long doorbellOffset;
    private @Nullable MemorySegment draft;
    private @Nullable SubmissionEntry entry;
    private @Nullable ShadowDoorbell shadow;
    private int tail;
    private int rungTail;
    private int head; // the controller's, as completion entries report it

    SubmissionRing(
            GuestMemory memory,
            MemoryWindow queue,
            int entryCount,
            ActorRef<PciAccess> lane,
            long doorbellOffset) {
        this.memory = memory;
        this.queue = queue;
        this.entryCount = entryCount;
        this.lane = lane;
        this.doorbellOffset = doorbellOffset;
    }

    /** A cleared entry to fill; {@link #push} writes it into the queue. */
    SubmissionEntry draft() {
        SubmissionEntry view = entry;
        if (view == null) { // most queues never need one
            draft = Arena.ofAuto().allocate(SubmissionEntry.SIZE_BYTES, Long.BYTES);
            view = new SubmissionEntry().wrap(draft, 0);
            entry = view;
        }
        return view.clear();
    }

    int entryCount() {
        return entryCount;
    }

    /** The slot that the next entry goes to. */
    int tail() {
        return tail;
    }

    /** Whether another entry would make the queue look empty (Base §3.3.1.5). */
    boolean isFull() {
        return (tail + 1 == entryCount ? 0 : tail + 1) == head;
    }

    /** Entries that fit without making the queue look empty. */
    int room() {
        return Math.floorMod(head - tail - 1, entryCount);
    }

    /** A completion entry said that slots before {@code submissionHead} are free again. */
    void consumedTo(int submissionHead) {
        head = submissionHead;
    }

    /** Writes the draft into the next slot. The controller does not see it before the ring. */
    void push() {
        if (draft == null) {
            throw new IllegalStateException("There is no draft to push.");
        }
        queue.write((long) tail * SubmissionEntry.SIZE_BYTES, draft, 0, SubmissionEntry.SIZE_BYTES);
        advance();
    }

    /**
     * Writes an entry into the next slot by qwords; those not given are 0. The data path does this:
     * a draft would be stored in pieces and loaded whole, for which a CPU has to wait.
     */
    void push(long first, long prp1, long prp2, long cdw10And11, long cdw12And13) {
        long slot = (long) tail * SubmissionEntry.SIZE_BYTES;
        queue.setLong(slot, first);
        queue.setLong(slot + SubmissionEntry.CDW2_OFFSET_BYTES, 0);
        queue.setLong(slot + SubmissionEntry.METADATA_POINTER_OFFSET_BYTES, 0);
        queue.setLong(slot + SubmissionEntry.PRP1_OFFSET_BYTES, prp1);
        queue.setLong(slot + SubmissionEntry.PRP2_OFFSET_BYTES, prp2);
        queue.setLong(slot + SubmissionEntry.CDW10_OFFSET_BYTES, cdw10And11);
        queue.setLong(slot + SubmissionEntry.CDW12_OFFSET_BYTES, cdw12And13);
        queue.setLong(slot + SubmissionEntry.CDW14_OFFSET_BYTES, 0);
        advance();
    }

    private void advance() {
        tail = tail + 1 == entryCount ? 0 : tail + 1;
    }

    /** Publishes what was pushed since the last ring: entries first, then the doorbell. */
    void ring() {
        if (isUnrung()) {
            memory.storeFence();
            if (shadow == null || shadow.publish(tail)) {
                lane.tell(takeRing());
            } else {
                rungTail = tail;
            }
        }
    }

    /** The same together with the head of {@code completion}, in one message if both have moved. */
    void ringWith(CompletionRing completion) {
        if (shadow == null && isUnrung() && completion.isUnrung()) {
            memory.storeFence();
            lane.tell(new PciAccess.BarWritePair(completion.takeRing(), takeRing()));
        } else {
            completion.ring();
            ring();
        }
    }

    /** From now on publishes through the shadow buffers, or with null no longer. */
    void useShadow(@Nullable ShadowDoorbell doorbell) {
        shadow = doorbell;
    }

    /** Begins anew, for a queue that the controller has yet to be told of. */
    void renew(QueueMemory left, int entries) {
        entryCount = entries;
        shadow = null;
        tail = 0;
        rungTail = 0;
        head = 0;
        if (left == QueueMemory.ALL_ZEROED) {
            queue.zero(0, queue.sizeBytes());
        }
    }

    private boolean isUnrung() {
        return tail != rungTail;
    }

    private PciAccess.BarWrite takeRing() {
        rungTail = tail;
        return new PciAccess.BarWrite(0, doorbellOffset, DOORBELL_WIDTH_BYTES, tail);
    }
}
