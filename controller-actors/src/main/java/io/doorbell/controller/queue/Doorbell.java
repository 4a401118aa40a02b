package io.doorbell.controller.queue;

import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One doorbell as its queue sees it: read only, with the wish to be woken.
 *
 * <p>A queue that is busy looks and never arms, so the host's rings cost it nothing; a queue that
 * found nothing new arms and sleeps. Where the host publishes through a shadow buffer, the value is
 * read there and arming writes EventIdx as well; the register is then only the wake.
 */
final class Doorbell {
    private final DoorbellFile file;
    private final int slot;
    private final int index;
    private final int entryCount;
    private final ActorRef<DoorbellMemory.Command> owner;
    private @Nullable ShadowDoorbells shadow;
    private int shadowSeen; // the shadow value that was looked at last
    private int accepted; // the last of them that made sense
    private boolean hostPublishes; // the host has used its slot; until then registers count too
    private int own; // our side of the pair: head of an SQ, tail of a CQ

    /**
     * @param index 2y of SQ y, 2y+1 of CQ y
     * @param entryCount slots of the queue
     * @param owner is told of shadow values that make no sense
     */
    Doorbell(
            DoorbellFile file,
            int slot,
            int index,
            int entryCount,
            ActorRef<DoorbellMemory.Command> owner) {
        this.file = file;
        this.slot = slot;
        this.index = index;
        this.entryCount = entryCount;
        this.owner = owner;
    }

    /** The value now: a tail or a head, below the number of entries of its queue. */
    int value() {
        return shadow == null ? file.value(slot) : shadowValue(shadow);
    }

    /** See {@link DoorbellFile#arm}: true means sleep, false means look again. */
    boolean arm(int seen) {
        if (shadow == null) {
            return file.arm(slot, seen);
        }
        shadow.setEventIndex(index, shadowSeen);
        file.raise(slot);
        boolean asSeen = accepted == seen && shadow.value(index) == shadowSeen && !hasLateRing();
        return asSeen || !file.lower(slot);
    }

    /** Whether looking once more is cheaper for the host than being asked to ring. */
    boolean usesShadow() {
        return shadow != null;
    }

    /**
     * The queue is busy and will look by itself. With a shadow buffer EventIdx goes to the slot
     * that the host can pass only when the queue was full, so it writes no register meanwhile.
     */
    void stayAwake() {
        if (shadow != null && !file.isArmed(slot)) {
            int barrier = Doorbells.isCompletionHead(index) ? accepted : own;
            shadow.setEventIndex(index, barrier == 0 ? entryCount - 1 : barrier - 1);
        }
    }

    /** The queue moved its own pointer: what the host may ring from now on depends on it. */
    void publish(int pointer) {
        own = pointer;
        file.publish(slot, pointer);
    }

    /**
     * From now on the host may publish there (Base §5.8). The slot is given the value that is
     * known, and EventIdx asks for a wake at the next move.
     */
    void useShadow(ShadowDoorbells buffers) {
        int known = value();
        buffers.publish(index, known);
        accepted = known;
        shadowSeen = known;
        buffers.setEventIndex(index, known);
        shadow = buffers;
    }

    private int shadowValue(ShadowDoorbells buffers) {
        int value = buffers.value(index);
        if (value != shadowSeen) {
            hostPublishes = true;
            shadowSeen = value;
            if (isMove(value)) {
                accepted = value;
            } else if (value != accepted) {
                owner.tell(new DoorbellMemory.RejectShadow(index, value));
            }
        } else if (hasLateRing()) {
            takeLateRing(buffers);
        }
        return accepted;
    }

    /**
     * A ring of before the host knew of the buffers may arrive any time after the switch, and
     * nothing of it is in the slot. It is told from a wake by a slot that nobody has touched: a
     * host that publishes stores there first, and cannot come back to the same value before we have
     * seen another.
     */
    private boolean hasLateRing() {
        if (hostPublishes) {
            return false;
        }
        int value = file.value(slot);
        return value != accepted && isMove(value);
    }

    private void takeLateRing(ShadowDoorbells buffers) {
        int value = file.value(slot);
        if (buffers.publishOver(index, shadowSeen, value)) {
            accepted = value;
            shadowSeen = value;
        } else {
            hostPublishes = true;
        }
    }

    private boolean isMove(int value) {
        return Doorbells.isCompletionHead(index)
                ? Doorbells.isHeadMove(accepted, value, own, entryCount)
                : Doorbells.isTailMove(accepted, value, own, entryCount);
    }
}
