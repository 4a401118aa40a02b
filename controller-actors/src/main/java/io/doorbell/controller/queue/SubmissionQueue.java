package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One submission queue: fetches new entries in order and hands them to its executor (Base §3.3.1).
 *
 * <p>Fetches at most a burst, then lets others run by a message to itself, so thousands of queues
 * share a thread fairly. When it has caught up with the tail it arms the doorbell and sleeps. It
 * fetches nothing while its completion queue holds completions for want of room.
 */
public final class SubmissionQueue extends AbstractMatchingBehavior<SubmissionQueue.Command> {
    public sealed interface Command
            permits DoorbellChanged, FetchMore, PauseFetching, ResumeFetching, Delete {}

    /** To ourselves: others had their turn, there is more to fetch. */
    record FetchMore() implements Command {}

    /** The completion queue is full. */
    record PauseFetching() implements Command {}

    /** The completion queue has room again. */
    record ResumeFetching() implements Command {}

    /** Fetch nothing more and stop, once the completion queue has let go (Base §5.7). */
    public record Delete(ActorRef<Deleted> replyTo) implements Command {}

    /** The queue is gone: none of its commands is being executed or will be completed. */
    public record Deleted(int queueId) {}

    /**
     * What a submission queue is made of.
     *
     * @param queueId 0 for the admin queue
     * @param entryCount 2 to 65,536
     * @param entries the queue in guest memory, 64 bytes an entry
     * @param burst most commands of one turn, 1 to {@link CommandBatch#CAPACITY}
     */
    public record Settings(
            int queueId,
            int entryCount,
            MemoryWindow entries,
            int burst,
            CommandExecutor executor,
            ActorRef<CompletionQueue.Command> completionQueue) {}

    private static final FetchMore FETCH_MORE = new FetchMore();
    static final PauseFetching PAUSE_FETCHING = new PauseFetching();
    static final ResumeFetching RESUME_FETCHING = new ResumeFetching();

    /** The queue, to be spawned on the dispatcher of its shard. */
    static Behavior<Command> create(Settings settings, Shard shard, Doorbell tailDoorbell) {
        return Behaviors.setup(
                context -> new SubmissionQueue(context, settings, shard, tailDoorbell));
    }

    private final Shard shard;
    private final MemoryWindow entries;
    private final int entryCount;
    private final int burst;
    private final CommandExecutor executor;
    private final Doorbell tailDoorbell;
    private final SubmissionQueueLink link;
    private int head; // next slot to fetch
    private long fetchedTotal;
    private boolean turnPending; // a FetchMore is in our mailbox
    private boolean paused;
    private boolean armed; // asleep: the next change of the doorbell wakes us

    private SubmissionQueue(
            ActorContext<Command> context, Settings settings, Shard shard, Doorbell tailDoorbell) {
        super(context);
        this.shard = shard;
        this.entries = settings.entries();
        this.entryCount = settings.entryCount();
        this.burst = settings.burst();
        this.executor = settings.executor();
        this.tailDoorbell = tailDoorbell;
        this.link =
                new SubmissionQueueLink(
                        settings.queueId(),
                        entryCount,
                        context.getSelf(),
                        settings.completionQueue());
        settings.completionQueue().tell(new CompletionQueue.LinkSubmissionQueue(link));
        fetch();
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case DoorbellChanged _ -> onDoorbellChanged();
            case FetchMore _ -> onFetchMore();
            case PauseFetching _ -> onPauseFetching();
            case ResumeFetching _ -> onResumeFetching();
            case Delete(var replyTo) -> onDelete(replyTo);
        };
    }

    private Behavior<Command> onDoorbellChanged() {
        armed = false;
        fetch();
        return this;
    }

    private Behavior<Command> onFetchMore() {
        turnPending = false;
        fetch();
        return this;
    }

    private Behavior<Command> onPauseFetching() {
        paused = true;
        return this;
    }

    private Behavior<Command> onResumeFetching() {
        paused = false;
        fetch();
        return this;
    }

    private Behavior<Command> onDelete(ActorRef<Deleted> replyTo) {
        link.completionQueue()
                .tell(new CompletionQueue.UnlinkSubmissionQueue(link, fetchedTotal, replyTo));
        return Behaviors.stopped();
    }

    /** One turn: a burst at most, then another turn later, or sleep if nothing is left. */
    private void fetch() {
        if (paused || turnPending || armed) {
            return; // someone will call again
        }
        int tail = tailDoorbell.value();
        int pending = tail >= head ? tail - head : tail - head + entryCount;
        if (pending > 0) {
            fetchBatch(Math.min(pending, burst));
        }
        if (pending > burst || !sleep()) {
            turnPending = true;
            getContext().getSelf().tell(FETCH_MORE);
        }
    }

    /** Arms the doorbell; false if it has moved meanwhile and there is work instead. */
    private boolean sleep() {
        armed = tailDoorbell.arm(head);
        return armed;
    }

    private void fetchBatch(int count) {
        CommandBatch batch = shard.batches().take();
        int untilEnd = Math.min(count, entryCount - head);
        batch.fetch(entries, head, untilEnd);
        if (untilEnd < count) {
            batch.fetch(entries, 0, count - untilEnd);
        }
        head = (head + count) % entryCount;
        fetchedTotal += count;
        batch.seal(link, fetchedTotal);
        shard.counters().fetches++;
        shard.counters().commands += count;
        executor.execute(batch);
    }
}
