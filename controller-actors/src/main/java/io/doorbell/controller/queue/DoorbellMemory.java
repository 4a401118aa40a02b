package io.doorbell.controller.queue;

import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * One shard of the doorbell registers, and their only writer (PCIe §3.1.2).
 *
 * <p>A ring stores the value; if the queue of that doorbell sleeps, it is woken with one {@link
 * DoorbellChanged} and disarmed. A ring that meets a busy queue costs a store and no message, which
 * is what turns a storm of rings into one wake. How a queue falls asleep without missing a ring is
 * said in {@link DoorbellFile}.
 *
 * <p>A write that fits no queue, or that no host may make (same value, tail past head, head past
 * tail), changes nothing and is reported as {@link InvalidDoorbell}, for the asynchronous event
 * that Base §5.2 Figure 144 asks for.
 */
public final class DoorbellMemory extends AbstractMatchingBehavior<DoorbellMemory.Command> {
    public sealed interface Command {}

    /** The host wrote a doorbell register: index 2y is SQ y tail, 2y+1 is CQ y head. */
    public record Ring(int doorbell, int value) implements Command {}

    /** The host wrote two doorbells, one after the other. */
    public record RingPair(int firstDoorbell, int firstValue, int secondDoorbell, int secondValue)
            implements Command {}

    /**
     * A queue was created: its doorbell reads 0, takes values below {@code entryCount}, and wakes
     * {@code waker}.
     */
    public record Attach(
            int doorbell,
            int entryCount,
            ActorRef<? super DoorbellChanged> waker,
            ActorRef<Attached> replyTo)
            implements Command {}

    /** A queue was deleted: its doorbell reads 0 again and belongs to nobody. */
    public record Detach(int doorbell, ActorRef<Detached> replyTo) implements Command {}

    /** The controller was reset: as if every queue had been deleted. */
    public record Reset(ActorRef<ResetDone> replyTo) implements Command {}

    /**
     * The host publishes through shadow buffers (Base §5.8), where all queues look already:
     * registers wake, and it is for the queue to say what their values mean.
     */
    public record UseShadow(ShadowDoorbells shadow, ActorRef<ShadowInUse> replyTo)
            implements Command {}

    /** A queue found a value in its shadow slot that no host may write. */
    record RejectShadow(int doorbell, int value) implements Command {}

    /** An {@link InvalidDoorbell} was dealt with. */
    record InvalidNoted() implements Command {}

    /** Answered when every earlier ring has taken effect. */
    public record Synchronize(ActorRef<Synchronized> replyTo) implements Command {}

    /** Asks for a copy of the shard's counters. */
    public record ReadCounters(ActorRef<ShardCounters> replyTo) implements Command {}

    /** The wake: the value of an armed doorbell differs from what its queue had seen. */
    public record DoorbellChanged(int doorbell, int value)
            implements SubmissionQueue.Command, CompletionQueue.Command {}

    public record Synchronized(int shard) {}

    public record ShadowInUse(int shard) {}

    public record Attached(int doorbell) {}

    public record Detached(int doorbell) {}

    public record ResetDone(int shard) {}

    /** A write that fits no queue (register), or no slot of its queue (value). */
    public record InvalidDoorbell(int doorbell, int value, boolean noSuchQueue) {}

    /** Tells the owner of a doorbell that its {@link InvalidDoorbell} was dealt with. */
    public static final Command INVALID_NOTED = new InvalidNoted();

    /**
     * Most invalid rings that wait to be dealt with; as many as the error log has entries. What a
     * host does wrong beyond that is counted only, so it cannot fill our memory with reports.
     */
    static final int REPORTS_MAX = 64;

    /** The registers of {@code shard}; what does not fit a queue is told to {@code invalid}. */
    public static Behavior<Command> create(
            Shard shard, Placement placement, ActorRef<? super InvalidDoorbell> invalid) {
        return Behaviors.setup(context -> new DoorbellMemory(context, shard, placement, invalid));
    }

    private final Shard shard;
    private final Placement placement;
    private final ActorRef<? super InvalidDoorbell> invalid;
    private final DoorbellFile file;
    private final int[] entryCounts; // by slot; 0: no such queue
    private final @Nullable ActorRef<? super DoorbellChanged>[] wakers; // by slot
    private @Nullable ShadowDoorbells shadow;
    private int reports; // of invalid rings, not dealt with

    // Arrays of generics cannot be made; this one never leaves the actor.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private DoorbellMemory(
            ActorContext<Command> context,
            Shard shard,
            Placement placement,
            ActorRef<? super InvalidDoorbell> invalid) {
        super(context);
        this.shard = shard;
        this.placement = placement;
        this.invalid = invalid;
        this.file = shard.doorbells();
        this.entryCounts = new int[file.slotCount()];
        this.wakers = new ActorRef[file.slotCount()];
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Ring(int doorbell, int value) -> onRing(doorbell, value);
            case RingPair pair -> onRingPair(pair);
            case Attach attach -> onAttach(attach);
            case Detach detach -> onDetach(detach);
            case Reset reset -> onReset(reset);
            case UseShadow use -> onUseShadow(use);
            case RejectShadow(int doorbell, int value) -> reject(doorbell, value, false);
            case InvalidNoted _ -> onInvalidNoted();
            case Synchronize synchronize -> onSynchronize(synchronize);
            case ReadCounters read -> onReadCounters(read);
        };
    }

    private Behavior<Command> onRing(int doorbell, int value) {
        int slot = slot(doorbell);
        if (Doorbells.queueId(doorbell) > placement.queueIdMax() || entryCounts[slot] == 0) {
            return reject(doorbell, value, true);
        }
        if (!isPlausible(doorbell, slot, value)) {
            return reject(doorbell, value, false);
        }
        shard.counters().countRing(Doorbells.isCompletionHead(doorbell));
        if (file.ring(slot, value)) {
            wake(doorbell, slot, value);
        }
        return this;
    }

    /** Where the host publishes in a shadow buffer the register may be older, or the same. */
    private boolean isPlausible(int doorbell, int slot, int value) {
        return (shadow != null && shadow.serves(doorbell))
                ? value < entryCounts[slot]
                : isMove(doorbell, slot, value);
    }

    private boolean isMove(int doorbell, int slot, int value) {
        int old = file.value(slot);
        int opposite = file.opposite(slot);
        return Doorbells.isCompletionHead(doorbell)
                ? Doorbells.isHeadMove(old, value, opposite, entryCounts[slot])
                : Doorbells.isTailMove(old, value, opposite, entryCounts[slot]);
    }

    private void wake(int doorbell, int slot, int value) {
        ActorRef<? super DoorbellChanged> waker = wakers[slot];
        if (waker != null) {
            shard.counters().wakes++;
            waker.tell(new DoorbellChanged(doorbell, value));
        }
    }

    private Behavior<Command> onRingPair(RingPair pair) {
        onRing(pair.firstDoorbell(), pair.firstValue());
        return onRing(pair.secondDoorbell(), pair.secondValue());
    }

    private Behavior<Command> reject(int doorbell, int value, boolean noSuchQueue) {
        shard.counters().invalidRings++;
        if (reports < REPORTS_MAX) {
            reports++;
            invalid.tell(new InvalidDoorbell(doorbell, value, noSuchQueue));
        }
        return this;
    }

    /** One that was under way when all was reset is not counted any more. */
    private Behavior<Command> onInvalidNoted() {
        reports = Math.max(0, reports - 1);
        return this;
    }

    private Behavior<Command> onAttach(Attach attach) {
        int slot = slot(attach.doorbell());
        entryCounts[slot] = attach.entryCount();
        wakers[slot] = attach.waker();
        attach.replyTo().tell(new Attached(attach.doorbell()));
        return this;
    }

    private Behavior<Command> onDetach(Detach detach) {
        forget(slot(detach.doorbell()));
        detach.replyTo().tell(new Detached(detach.doorbell()));
        return this;
    }

    private Behavior<Command> onReset(Reset reset) {
        for (int slot = 0; slot < entryCounts.length; slot++) {
            forget(slot);
        }
        shadow = null;
        reports = 0;
        reset.replyTo().tell(new ResetDone(shard.index()));
        return this;
    }

    private Behavior<Command> onUseShadow(UseShadow use) {
        shadow = use.shadow();
        use.replyTo().tell(new ShadowInUse(shard.index()));
        return this;
    }

    private Behavior<Command> onSynchronize(Synchronize synchronize) {
        synchronize.replyTo().tell(new Synchronized(shard.index()));
        return this;
    }

    private Behavior<Command> onReadCounters(ReadCounters read) {
        read.replyTo().tell(shard.counters().copy());
        return this;
    }

    private void forget(int slot) {
        entryCounts[slot] = 0;
        wakers[slot] = null;
        file.clear(slot);
    }

    private int slot(int doorbell) {
        int queueId = Doorbells.queueId(doorbell);
        return queueId > placement.queueIdMax()
                ? 0
                : placement.slot(queueId, Doorbells.isCompletionHead(doorbell));
    }
}
