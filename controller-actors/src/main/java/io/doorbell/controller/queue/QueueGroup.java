package io.doorbell.controller.queue;

import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;
import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/**
 * Parent of some hundred queues of one shard: opens and closes them together with their doorbells.
 *
 * <p>A queue is open when its doorbell is attached, and closed when nothing of it is left. If a
 * queue fails, so does its group, and with it the epoch: a controller whose queue has crashed can
 * only be reset.
 */
public final class QueueGroup extends AbstractMatchingBehavior<QueueGroup.Command> {
    /** Queue ids of one group: 1,024 actors at most below one parent. */
    public static final int QUEUE_IDS = 512;

    public sealed interface Command {}

    /** Create a completion queue (Base §5.4). */
    public record OpenCompletionQueue(
            CompletionQueue.Settings settings, ActorRef<CompletionQueueOpened> replyTo)
            implements Command {}

    /** Create a submission queue (Base §5.5). */
    public record OpenSubmissionQueue(
            SubmissionQueue.Settings settings, ActorRef<SubmissionQueueOpened> replyTo)
            implements Command {}

    /** Delete a submission queue, once all it fetched has been executed (Base §5.7). */
    public record CloseSubmissionQueue(int queueId, ActorRef<QueueClosed> replyTo)
            implements Command {}

    /** Delete a completion queue (Base §5.6). */
    public record CloseCompletionQueue(int queueId, ActorRef<QueueClosed> replyTo)
            implements Command {}

    /** Base §5.1: see {@link SubmissionQueue.AbortCommand}. */
    public record AbortCommand(
            int queueId, int commandId, ActorRef<SubmissionQueue.AbortAnswer> replyTo)
            implements Command {}

    /** Feature 01h: see {@link SubmissionQueue.SetBurst}. */
    public record SetBurst(int burst) implements Command {}

    /** Base §5.8: all queues of the group, and those to come, look there. */
    public record UseShadow(ShadowDoorbells shadow, ActorRef<ShadowInUse> replyTo)
            implements Command {}

    /**
     * How completion queues tell of entries, those that exist and those to come.
     *
     * @param pin null for messages
     */
    public record SignalByPin(@Nullable ActorRef<PinInterrupt.Command> pin) implements Command {}

    /** A queue of the group, and its doorbell as the queue sees it. */
    private record Member<T>(ActorRef<T> queue, Doorbell doorbell) {}

    private record DoorbellAttached(int doorbell) implements Command {}

    private record DoorbellDetached(int doorbell) implements Command {}

    private record QueueStopped(int doorbell) implements Command {}

    public record CompletionQueueOpened(int queueId, ActorRef<CompletionQueue.Command> queue) {}

    public record SubmissionQueueOpened(int queueId) {}

    /** The queue of this doorbell is gone. */
    public record QueueClosed(int doorbell) {}

    public record ShadowInUse() {}

    /**
     * The group, to be spawned on the dispatcher of its shard.
     *
     * @param shadow where the host publishes, if it does already
     */
    public static Behavior<Command> create(
            Shard shard, DoorbellDirectory doorbells, @Nullable ShadowDoorbells shadow) {
        return Behaviors.setup(context -> new QueueGroup(context, shard, doorbells, shadow));
    }

    private final Shard shard;
    private final DoorbellDirectory doorbells;
    private final Map<Integer, Member<CompletionQueue.Command>> completionQueues = new TreeMap<>();
    private final Map<Integer, Member<SubmissionQueue.Command>> submissionQueues = new TreeMap<>();
    private final Map<Integer, Runnable> pending = new TreeMap<>(); // what follows, by doorbell
    private @Nullable ShadowDoorbells shadow;
    private @Nullable ActorRef<PinInterrupt.Command> pin; // null: interrupts are messages

    private QueueGroup(
            ActorContext<Command> context,
            Shard shard,
            DoorbellDirectory doorbells,
            @Nullable ShadowDoorbells shadow) {
        super(context);
        this.shard = shard;
        this.doorbells = doorbells;
        this.shadow = shadow;
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case OpenCompletionQueue open -> onOpen(open);
            case OpenSubmissionQueue open -> onOpen(open);
            case CloseSubmissionQueue close -> onClose(close);
            case CloseCompletionQueue close -> onClose(close);
            case AbortCommand abort -> onAbort(abort);
            case SetBurst(int burst) -> onSetBurst(burst);
            case UseShadow(var buffers, var replyTo) -> onUseShadow(buffers, replyTo);
            case SignalByPin(var used) -> onSignalByPin(used);
            case DoorbellAttached(int doorbell) -> onNextStep(doorbell);
            case DoorbellDetached(int doorbell) -> onNextStep(doorbell);
            case QueueStopped(int doorbell) -> onQueueStopped(doorbell);
        };
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        return switch (signal) {
            case ChildFailed failed ->
                    throw new IllegalStateException(
                            "Queue " + failed.getRef().path().name() + " failed.",
                            failed.getCause());
            case Terminated _ -> this;
            default -> Behaviors.unhandled();
        };
    }

    private Behavior<Command> onOpen(OpenCompletionQueue open) {
        CompletionQueue.Settings settings = open.settings();
        int doorbell = Doorbells.completionHeadIndex(settings.queueId());
        Doorbell view = view(doorbell, settings.entryCount());
        ActorRef<CompletionQueue.Command> queue =
                getContext()
                        .spawn(
                                CompletionQueue.create(settings, shard, view),
                                "completion-queue-" + settings.queueId(),
                                DispatcherSelector.sameAsParent());
        getContext().watch(queue);
        completionQueues.put(settings.queueId(), new Member<>(queue, view));
        if (pin != null) {
            queue.tell(new CompletionQueue.SignalByPin(pin));
        }
        attach(
                doorbell,
                settings.entryCount(),
                queue.narrow(),
                () -> open.replyTo().tell(new CompletionQueueOpened(settings.queueId(), queue)));
        return this;
    }

    private Behavior<Command> onOpen(OpenSubmissionQueue open) {
        SubmissionQueue.Settings settings = open.settings();
        int doorbell = Doorbells.submissionTailIndex(settings.queueId());
        Doorbell view = view(doorbell, settings.entryCount());
        ActorRef<SubmissionQueue.Command> queue =
                getContext()
                        .spawn(
                                SubmissionQueue.create(settings, shard, view),
                                "submission-queue-" + settings.queueId(),
                                DispatcherSelector.sameAsParent());
        getContext().watch(queue);
        submissionQueues.put(settings.queueId(), new Member<>(queue, view));
        attach(
                doorbell,
                settings.entryCount(),
                queue.narrow(),
                () -> open.replyTo().tell(new SubmissionQueueOpened(settings.queueId())));
        return this;
    }

    /** A new queue's doorbell; in a shadow buffer it begins at 0, whatever was left there. */
    private Doorbell view(int doorbell, int entryCount) {
        Doorbell view = doorbells.doorbell(doorbell, entryCount);
        if (shadow != null && shadow.serves(doorbell)) {
            view.useShadow(shadow);
        }
        return view;
    }

    /** Queues and group share a thread, so the group may switch the queues' doorbells itself. */
    private Behavior<Command> onUseShadow(ShadowDoorbells buffers, ActorRef<ShadowInUse> replyTo) {
        shadow = buffers;
        submissionQueues.forEach(
                (id, member) ->
                        useShadow(
                                buffers,
                                Doorbells.submissionTailIndex(id),
                                member.doorbell(),
                                member.queue()));
        completionQueues.forEach(
                (id, member) ->
                        useShadow(
                                buffers,
                                Doorbells.completionHeadIndex(id),
                                member.doorbell(),
                                member.queue()));
        replyTo.tell(new ShadowInUse());
        return this;
    }

    /** Whoever sleeps has armed its register; it arms EventIdx if it goes back to sleep. */
    private static void useShadow(
            ShadowDoorbells buffers,
            int doorbell,
            Doorbell view,
            ActorRef<? super DoorbellChanged> queue) {
        if (buffers.serves(doorbell)) {
            view.useShadow(buffers);
            queue.tell(new DoorbellChanged(doorbell, view.value()));
        }
    }

    private Behavior<Command> onAbort(AbortCommand abort) {
        Member<SubmissionQueue.Command> member = submissionQueues.get(abort.queueId());
        if (member == null) {
            abort.replyTo()
                    .tell(
                            new SubmissionQueue.AbortAnswer(
                                    abort.queueId(), abort.commandId(), false));
        } else {
            member.queue()
                    .tell(new SubmissionQueue.AbortCommand(abort.commandId(), abort.replyTo()));
        }
        return this;
    }

    private Behavior<Command> onSetBurst(int burst) {
        submissionQueues
                .values()
                .forEach(member -> member.queue().tell(new SubmissionQueue.SetBurst(burst)));
        return this;
    }

    private void attach(
            int doorbell, int entryCount, ActorRef<DoorbellChanged> waker, Runnable next) {
        pending.put(doorbell, next);
        doorbells
                .owner(doorbell)
                .tell(
                        new DoorbellMemory.Attach(
                                doorbell,
                                entryCount,
                                waker,
                                getContext()
                                        .messageAdapter(
                                                DoorbellMemory.Attached.class,
                                                attached ->
                                                        new DoorbellAttached(
                                                                attached.doorbell()))));
    }

    private Behavior<Command> onClose(CloseSubmissionQueue close) {
        int doorbell = Doorbells.submissionTailIndex(close.queueId());
        pending.put(doorbell, () -> close.replyTo().tell(new QueueClosed(doorbell)));
        ActorRef<SubmissionQueue.Deleted> deleted =
                getContext()
                        .messageAdapter(
                                SubmissionQueue.Deleted.class,
                                stopped ->
                                        new QueueStopped(
                                                Doorbells.submissionTailIndex(stopped.queueId())));
        present(submissionQueues.remove(close.queueId()), close.queueId())
                .tell(new SubmissionQueue.Delete(deleted));
        return this;
    }

    private Behavior<Command> onClose(CloseCompletionQueue close) {
        int doorbell = Doorbells.completionHeadIndex(close.queueId());
        pending.put(doorbell, () -> close.replyTo().tell(new QueueClosed(doorbell)));
        ActorRef<CompletionQueue.Deleted> deleted =
                getContext()
                        .messageAdapter(
                                CompletionQueue.Deleted.class,
                                stopped ->
                                        new QueueStopped(
                                                Doorbells.completionHeadIndex(stopped.queueId())));
        present(completionQueues.remove(close.queueId()), close.queueId())
                .tell(new CompletionQueue.Delete(deleted));
        return this;
    }

    private Behavior<Command> onSignalByPin(@Nullable ActorRef<PinInterrupt.Command> used) {
        pin = used;
        completionQueues
                .values()
                .forEach(member -> member.queue().tell(new CompletionQueue.SignalByPin(used)));
        return this;
    }

    private Behavior<Command> onQueueStopped(int doorbell) {
        doorbells
                .owner(doorbell)
                .tell(
                        new DoorbellMemory.Detach(
                                doorbell,
                                getContext()
                                        .messageAdapter(
                                                DoorbellMemory.Detached.class,
                                                detached ->
                                                        new DoorbellDetached(
                                                                detached.doorbell()))));
        return this;
    }

    private Behavior<Command> onNextStep(int doorbell) {
        Runnable next = pending.remove(doorbell);
        if (next == null) {
            throw new IllegalStateException("Nobody waits for doorbell " + doorbell + ".");
        }
        next.run();
        return this;
    }

    private static <T> ActorRef<T> present(@Nullable Member<T> member, int queueId) {
        if (member == null) {
            throw new IllegalStateException("Queue " + queueId + " is not in this group.");
        }
        return member.queue();
    }
}
