package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Status;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One completion queue: posts entries with the phase tag, and never over one that the host has not
 * consumed (Base §3.3.1.2, §3.3.3.2).
 *
 * <pre>
 *  slot    0   1   2   3   4   5        head: the host's, from its doorbell
 *  phase   0   1   1   1   0   0        tail: ours; the phase flips each time it passes the end
 *              ^head       ^tail        full: tail + 1 = head
 * </pre>
 *
 * Completions that find no room wait in a backlog, and the submission queues that feed this one
 * stop fetching until the host has made room. Each posted batch tells the interrupt once.
 */
public final class CompletionQueue extends AbstractMatchingBehavior<CompletionQueue.Command> {
    public sealed interface Command
            permits DoorbellChanged,
                    Completed,
                    LinkSubmissionQueue,
                    UnlinkSubmissionQueue,
                    SignalByPin,
                    CheckHead,
                    Delete {}

    /** An executor has finished these commands of a batch. */
    public record Completed(CommandBatch batch, long mask) implements Command {}

    /** A submission queue was created that completes here. */
    record LinkSubmissionQueue(SubmissionQueueLink link) implements Command {}

    /** A submission queue is being deleted that has fetched so many commands in its life. */
    record UnlinkSubmissionQueue(
            SubmissionQueueLink link, long fetchedTotal, ActorRef<SubmissionQueue.Deleted> replyTo)
            implements Command {}

    /**
     * The host changed the way it wants to be interrupted.
     *
     * @param pin who is told whether the queue is empty, or null for messages
     */
    record SignalByPin(@Nullable ActorRef<PinInterrupt.Command> pin) implements Command {}

    /** Look at the head doorbell, tell the pin if that changes anything, then {@code replyTo}. */
    record CheckHead(ActorRef<PinInterrupt.Command> replyTo) implements Command {}

    /** Stop. No submission queue is linked any more (Base §5.6). */
    public record Delete(ActorRef<Deleted> replyTo) implements Command {}

    public record Deleted(int queueId) {}

    /**
     * What a completion queue is made of.
     *
     * @param queueId 0 for the admin queue
     * @param entryCount 2 to 65,536
     * @param entries the queue in guest memory, 16 bytes an entry
     * @param interrupt who signals the host, or null if interrupts are not enabled for this queue
     */
    public record Settings(
            int queueId,
            int entryCount,
            MemoryWindow entries,
            @Nullable ActorRef<Interrupt.Command> interrupt) {}

    /** The queue, to be spawned on the dispatcher of its shard. */
    static Behavior<Command> create(Settings settings, Shard shard, Doorbell headDoorbell) {
        return Behaviors.setup(
                context -> new CompletionQueue(context, settings, shard, headDoorbell));
    }

    private final int queueId;
    private final int entryCount;
    private final MemoryWindow entries;
    private final @Nullable ActorRef<Interrupt.Command> interrupt;
    private final Shard shard;
    private final Doorbell headDoorbell;
    private final List<SubmissionQueueLink> links = new ArrayList<>(1);
    private final ArrayDeque<CommandBatch> backlog = new ArrayDeque<>(0);
    private final List<UnlinkSubmissionQueue> unlinking = new ArrayList<>(0);
    private @Nullable PinSignal pin; // null: interrupts are messages, or not enabled
    private int tail; // next slot to fill
    private int head; // the host's, as last seen
    private boolean phase = true; // the first pass posts 1

    private CompletionQueue(
            ActorContext<Command> context, Settings settings, Shard shard, Doorbell headDoorbell) {
        super(context);
        this.queueId = settings.queueId();
        this.entryCount = settings.entryCount();
        this.entries = settings.entries();
        this.interrupt = settings.interrupt();
        this.shard = shard;
        this.headDoorbell = headDoorbell;
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Completed(CommandBatch batch, long mask) -> onCompleted(batch, mask);
            case DoorbellChanged _ -> onDoorbellChanged();
            case LinkSubmissionQueue(var link) -> onLink(link);
            case UnlinkSubmissionQueue unlink -> onUnlink(unlink);
            case SignalByPin(var used) -> onSignalByPin(used);
            case CheckHead(var replyTo) -> onCheckHead(replyTo);
            case Delete(var replyTo) -> onDelete(replyTo);
        };
    }

    private Behavior<Command> onCompleted(CommandBatch batch, long mask) {
        SubmissionQueueLink link = batch.link();
        link.see(batch, mask);
        if (link.closed) {
            drop(batch, mask);
            finishUnlinking();
            return this;
        }
        boolean held = !backlog.isEmpty();
        if (batch.waiting == 0) {
            backlog.addLast(batch);
        }
        batch.waiting |= mask;
        if (!held) {
            postBacklog();
            if (!backlog.isEmpty()) {
                hold();
            }
        }
        return this;
    }

    /** The host consumed entries while completions were waiting for room, or the pin was active. */
    private Behavior<Command> onDoorbellChanged() {
        if (!backlog.isEmpty()) {
            postBacklog();
            if (backlog.isEmpty()) {
                resume();
            } else {
                awaitHead();
            }
        } else {
            headDoorbell.stayAwake(); // our head doorbell went into a shadow buffer
        }
        if (pin != null) {
            tellPin(pin);
        }
        return this;
    }

    private void hold() {
        shard.counters().queueFullHolds++;
        links.forEach(link -> link.submissionQueue().tell(SubmissionQueue.PAUSE_FETCHING));
        awaitHead();
    }

    private void resume() {
        links.forEach(link -> link.submissionQueue().tell(SubmissionQueue.RESUME_FETCHING));
    }

    /** Arms the head doorbell, or comes back by a message if the host moved it meanwhile. */
    private void awaitHead() {
        if (!headDoorbell.arm(head)) {
            getContext()
                    .getSelf()
                    .tell(
                            new DoorbellChanged(
                                    Doorbells.completionHeadIndex(queueId), headDoorbell.value()));
        }
    }

    /** Posts what there is room for, oldest first, and signals once. */
    private void postBacklog() {
        int posted = 0;
        boolean urgent = false;
        CommandBatch batch = backlog.peekFirst();
        while (batch != null && hasRoom()) {
            while (batch.waiting != 0 && hasRoom()) {
                int index = Long.numberOfTrailingZeros(batch.waiting);
                batch.waiting &= batch.waiting - 1;
                batch.unposted &= ~(1L << index);
                FetchedCommand command = batch.command(index);
                urgent |= !Status.isSuccess(command.status());
                post(batch.link(), command);
                batch.link().finished(batch, index);
                posted++;
            }
            if (batch.waiting == 0) {
                release(backlog.removeFirst());
                batch = backlog.peekFirst();
            }
        }
        if (posted > 0) {
            signal(posted, urgent);
        }
    }

    /** Writes one entry; the qword with the phase tag last, so the host never sees half of it. */
    private void post(SubmissionQueueLink link, FetchedCommand command) {
        long offsetBytes = (long) tail * CompletionEntry.SIZE_BYTES;
        boolean posted = phase;
        tail++;
        if (tail == entryCount) {
            tail = 0;
            phase = !phase;
        }
        headDoorbell.publish(tail); // before the host can see the entry and consume it
        entries.setLong(
                offsetBytes + CompletionEntry.LOW_QWORD_OFFSET_BYTES,
                CompletionEntry.lowQword(command.result(), 0));
        entries.setLongRelease(
                offsetBytes + CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(
                        link.submissionHead(),
                        link.queueId(),
                        command.commandId(),
                        command.status(),
                        posted));
    }

    /** Looks at the doorbell only when the head it last saw leaves no room. */
    private boolean hasRoom() {
        int next = tail + 1 == entryCount ? 0 : tail + 1;
        if (next == head) {
            head = headDoorbell.value();
            headDoorbell.stayAwake();
        }
        return next != head;
    }

    private void signal(int posted, boolean urgent) {
        shard.counters().completions += posted;
        shard.counters().completionBatches++;
        if (pin != null) {
            tellPin(pin);
        } else if (interrupt != null) {
            interrupt.tell(new Interrupt.Posted(posted, urgent || queueId == 0));
        }
    }

    /** Unread entries assert the pin until the host's head reaches our tail (PCIe §3.5.1). */
    private void tellPin(PinSignal signal) {
        head = headDoorbell.value();
        signal.set(head != tail);
        if (signal.isFilled()) {
            awaitHead();
        }
    }

    /** What is unread when the host changes to messages is signalled once more, by a message. */
    private Behavior<Command> onSignalByPin(@Nullable ActorRef<PinInterrupt.Command> used) {
        if (interrupt == null) {
            return this;
        }
        if (pin != null) {
            if (pin.isFilled() && used == null) {
                interrupt.tell(new Interrupt.Posted(1, true));
            }
            pin.end();
        }
        pin = used == null ? null : new PinSignal(used, getContext().getSelf());
        if (pin != null) {
            tellPin(pin);
        }
        return this;
    }

    private Behavior<Command> onCheckHead(ActorRef<PinInterrupt.Command> replyTo) {
        if (pin != null) {
            tellPin(pin);
        }
        replyTo.tell(new PinInterrupt.HeadChecked(getContext().getSelf()));
        return this;
    }

    private void release(CommandBatch batch) {
        if (batch.unposted == 0) {
            batch.link().closed(batch);
            shard.batches().giveBack(batch);
        }
    }

    private Behavior<Command> onLink(SubmissionQueueLink link) {
        links.add(link);
        if (!backlog.isEmpty()) {
            link.submissionQueue().tell(SubmissionQueue.PAUSE_FETCHING);
        }
        return this;
    }

    /** Waits until all that the queue fetched has arrived, then forgets what is not posted. */
    private Behavior<Command> onUnlink(UnlinkSubmissionQueue unlink) {
        unlink.link().closed = true;
        links.remove(unlink.link());
        boolean held = !backlog.isEmpty();
        backlog.removeIf(batch -> dropIfOf(batch, unlink.link()));
        if (held && backlog.isEmpty()) {
            resume();
        }
        unlinking.add(unlink);
        finishUnlinking();
        return this;
    }

    private boolean dropIfOf(CommandBatch batch, SubmissionQueueLink link) {
        if (batch.link() != link) {
            return false;
        }
        drop(batch, batch.waiting);
        return true;
    }

    private void drop(CommandBatch batch, long mask) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            batch.link().finished(batch, Long.numberOfTrailingZeros(rest));
        }
        batch.waiting &= ~mask;
        batch.unposted &= ~mask;
        release(batch);
    }

    private void finishUnlinking() {
        unlinking.removeIf(
                unlink -> {
                    boolean drained = unlink.link().arrived == unlink.fetchedTotal();
                    if (drained) {
                        unlink.replyTo().tell(new SubmissionQueue.Deleted(unlink.link().queueId()));
                    }
                    return drained;
                });
    }

    private Behavior<Command> onDelete(ActorRef<Deleted> replyTo) {
        if (pin != null) {
            pin.end();
        }
        replyTo.tell(new Deleted(queueId));
        return Behaviors.stopped();
    }
}
