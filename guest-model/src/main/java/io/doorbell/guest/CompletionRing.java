package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.guest.HostPolicies.QueueMemory;
import io.doorbell.spec.CompletionEntry;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The host's side of a completion queue: an entry is new if its phase tag is the expected one,
 * which flips each time the head passes the end (Base §3.3.3.2).
 */
final class CompletionRing {
    private static final int DOORBELL_WIDTH_BYTES = 4;

    private final GuestMemory memory;
    private final MemoryWindow queue;
    private int entryCount;
    private final ActorRef<PciAccess> lane;
    private final long doorbellOffset;
    private @Nullable ShadowDoorbell shadow;
    private int head;
    private int rungHead;
    private boolean expectedPhase = true;
    private boolean holdsHead;

    /**
     * @param queue all zero, so that no entry looks new
     */
    CompletionRing(
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

    int entryCount() {
        return entryCount;
    }

    /** The next slot to look at. */
    int head() {
        return head;
    }

    /** Whether the entry at the head is new. */
    boolean hasNew() {
        return CompletionEntry.phase(highQword()) == expectedPhase;
    }

    /**
     * The half with the phase tag, and with command id and status in the same load. The acquire is
     * what keeps loads of the rest, and of the data, behind it.
     */
    long highQword() {
        return queue.getLongAcquire(offset() + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
    }

    /** The half with DW0; only of a new entry. */
    long lowQword() {
        return queue.getLong(offset() + CompletionEntry.LOW_QWORD_OFFSET_BYTES);
    }

    /** Whether this half belongs to a new entry. */
    boolean isNew(long highQword) {
        return CompletionEntry.phase(highQword) == expectedPhase;
    }

    /** Done with the entry at the head. */
    void advance() {
        head++;
        if (head == entryCount) {
            head = 0;
            expectedPhase = !expectedPhase;
        }
    }

    /** Tells the controller how far we are; once for all entries consumed since the last time. */
    void ring() {
        if (isUnrung()) {
            memory.storeFence(); // the entries have been read before they may be overwritten
            if (shadow == null || shadow.publish(head)) {
                lane.tell(takeRing());
            } else {
                rungHead = head;
            }
        }
    }

    /** Whether entries were consumed that the controller has not been told of. */
    boolean isUnrung() {
        return head != rungHead && !holdsHead;
    }

    /** Keeps the head to itself until told otherwise, however far it goes. */
    void holdHead(boolean held) {
        holdsHead = held;
    }

    /** The store that tells the controller; whoever takes it sends it. */
    PciAccess.BarWrite takeRing() {
        rungHead = head;
        return new PciAccess.BarWrite(0, doorbellOffset, DOORBELL_WIDTH_BYTES, head);
    }

    /** From now on publishes through the shadow buffers, or with null no longer. */
    void useShadow(@Nullable ShadowDoorbell doorbell) {
        shadow = doorbell;
    }

    /** Begins anew, for a queue that the controller has yet to be told of. */
    void renew(QueueMemory left, int entries) {
        entryCount = entries;
        shadow = null;
        head = 0;
        rungHead = 0;
        expectedPhase = true;
        switch (left) {
            case COMPLETIONS_ZEROED, ALL_ZEROED -> queue.zero(0, queue.sizeBytes());
            case PHASE_CLEARED -> clearPhases();
            case AS_LEFT -> {}
        }
    }

    private void clearPhases() {
        for (int slot = 0; slot < entryCount; slot++) {
            long half =
                    (long) slot * CompletionEntry.SIZE_BYTES
                            + CompletionEntry.HIGH_QWORD_OFFSET_BYTES;
            queue.setLong(half, CompletionEntry.withoutPhase(queue.getLong(half)));
        }
    }

    private long offset() {
        return (long) head * CompletionEntry.SIZE_BYTES;
    }
}
