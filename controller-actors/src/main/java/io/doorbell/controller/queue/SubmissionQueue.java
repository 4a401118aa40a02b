package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One submission queue: fetches new entries in order and hands them to its executor (Base §3.3.1).
 *
 * <p>Fetches at most a burst, then lets others run by a message to itself, so thousands of queues
 * share a thread fairly. When it has caught up with the tail it arms the doorbell and sleeps. It
 * fetches nothing while its completion queue holds completions for want of room.
 */
public final class SubmissionQueue extends AbstractMatchingBehavior<SubmissionQueue.Command> {
    public sealed interface Command
            permits DoorbellChanged,
                    Turn,
                    PauseFetching,
                    ResumeFetching,
                    FetchAgain,
                    SetBurst,
                    AbortCommand,
                    Delete {}

    /** Others had their turn: fetch up to {@code limit} commands. */
    record Turn(int limit) implements Command {}

    /** Feature 01h: most commands of one turn from now on. */
    record SetBurst(int burst) implements Command {}

    /** Base §5.1: end this command early if it is still to be fetched, queued or running. */
    record AbortCommand(int commandId, ActorRef<AbortAnswer> replyTo) implements Command {}

    /**
     * What became of an abort. If it had effect, the completion of the command was posted before.
     */
    public record AbortAnswer(int queueId, int commandId, boolean aborted) {}

    /** The completion queue is full. */
    record PauseFetching() implements Command {}

    /** The completion queue has room again. */
    record ResumeFetching() implements Command {}

    /** Enough of what was fetched has completed. */
    record FetchAgain() implements Command {}

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
     * @param arbitration who gives turns and how this queue ranks there; null: by itself, in round
     *     robin with the other queues of its shard
     */
    public record Settings(
            int queueId,
            int entryCount,
            MemoryWindow entries,
            int burst,
            CommandExecutor executor,
            ActorRef<CompletionQueue.Command> completionQueue,
            @Nullable Arbitration arbitration) {

        /** A queue that takes its turns by itself. */
        public Settings(
                int queueId,
                int entryCount,
                MemoryWindow entries,
                int burst,
                CommandExecutor executor,
                ActorRef<CompletionQueue.Command> completionQueue) {
            this(queueId, entryCount, entries, burst, executor, completionQueue, null);
        }
    }

    /** A queue's place in weighted round robin. */
    public record Arbitration(ActorRef<Arbiter.Command> arbiter, Arbiter.Priority priority) {}

    static final PauseFetching PAUSE_FETCHING = new PauseFetching();
    static final ResumeFetching RESUME_FETCHING = new ResumeFetching();
    static final FetchAgain FETCH_AGAIN = new FetchAgain();

    /**
     * Commands fetched and not completed, over which nothing more is fetched. A slot is free as
     * soon as it was fetched, so without a limit a host could fill our memory with commands that
     * wait for a disk.
     */
    static final int IN_FLIGHT_MAX = 1024;

    /** The queue, to be spawned on the dispatcher of its shard. */
    static Behavior<Command> create(Settings settings, Shard shard, Doorbell tailDoorbell) {
        return Behaviors.setup(
                context -> new SubmissionQueue(context, settings, shard, tailDoorbell));
    }

    private final Shard shard;
    private final MemoryWindow entries;
    private final int entryCount;
    private final CommandExecutor executor;
    private final Doorbell tailDoorbell;
    private final SubmissionQueueLink link;
    private final @Nullable Arbitration arbitration;
    private final Arbiter.Ready ready;
    private Turn turn; // of our own burst
    private int head; // next slot to fetch
    private long fetchedTotal;
    private @Nullable List<AbortCommand> abortsOnFetch; // of commands that are still in the queue
    private boolean turnPending; // a Turn is on its way to us
    private boolean paused;
    private boolean armed; // asleep: the next change of the doorbell wakes us

    private SubmissionQueue(
            ActorContext<Command> context, Settings settings, Shard shard, Doorbell tailDoorbell) {
        super(context);
        this.shard = shard;
        this.entries = settings.entries();
        this.entryCount = settings.entryCount();
        this.turn = new Turn(settings.burst());
        this.executor = settings.executor();
        this.tailDoorbell = tailDoorbell;
        this.arbitration = settings.arbitration();
        this.ready = new Arbiter.Ready(context.getSelf(), priority(arbitration));
        this.link =
                new SubmissionQueueLink(
                        settings.queueId(),
                        entryCount,
                        context.getSelf(),
                        settings.completionQueue(),
                        arbiterOfCommands(arbitration));
        settings.completionQueue().tell(new CompletionQueue.LinkSubmissionQueue(link));
        fetch();
    }

    /** Admin commands may stay for ever (Base §5.2), so they do not count as in flight. */
    private static @Nullable ActorRef<Arbiter.Command> arbiterOfCommands(
            @Nullable Arbitration arbitration) {
        return arbitration == null || arbitration.priority() == Arbiter.Priority.ADMIN
                ? null
                : arbitration.arbiter();
    }

    private static Arbiter.Priority priority(@Nullable Arbitration arbitration) {
        return arbitration == null ? Arbiter.Priority.LOW : arbitration.priority();
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case DoorbellChanged _ -> onDoorbellChanged();
            case Turn(int limit) -> onTurn(limit);
            case PauseFetching _ -> onPauseFetching();
            case ResumeFetching _ -> onResumeFetching();
            case FetchAgain _ -> onFetchAgain();
            case SetBurst(int burst) -> onSetBurst(burst);
            case AbortCommand abort -> onAbort(abort);
            case Delete(var replyTo) -> onDelete(replyTo);
        };
    }

    private Behavior<Command> onDoorbellChanged() {
        armed = false;
        fetch();
        return this;
    }

    private Behavior<Command> onTurn(int limit) {
        turnPending = false;
        if (arbitration == null) {
            fetch();
        } else {
            takeGivenTurn(arbitration.arbiter(), limit);
        }
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

    private Behavior<Command> onFetchAgain() {
        fetch();
        return this;
    }

    private Behavior<Command> onSetBurst(int burst) {
        turn = new Turn(burst);
        return this;
    }

    /** Nothing of this queue is of use any more, so what can be skipped is. */
    private Behavior<Command> onDelete(ActorRef<Deleted> replyTo) {
        if (arbitration != null) {
            arbitration.arbiter().tell(new Arbiter.Leave(getContext().getSelf()));
        }
        if (abortsOnFetch != null) {
            abortsOnFetch.forEach(this::answerNotAborted);
        }
        link.callAt = SubmissionQueueLink.NEVER;
        link.abortAll();
        link.completionQueue()
                .tell(new CompletionQueue.UnlinkSubmissionQueue(link, fetchedTotal, replyTo));
        return Behaviors.stopped();
    }

    /** One turn: a burst at most, then another turn later, or sleep if nothing is left. */
    private void fetch() {
        if (paused || turnPending || armed || hasTooMany()) {
            return; // someone will call again
        }
        int pending = pending();
        if (arbitration == null) {
            int fetched = fetchBatch(Math.min(pending, turn.limit()), pending);
            goOn(pending > fetched || (pending > 0 && tailDoorbell.usesShadow()));
        } else {
            goOn(pending > 0);
        }
    }

    /** A turn in weighted round robin; says at once whether it wants another. */
    private void takeGivenTurn(ActorRef<Arbiter.Command> arbiter, int limit) {
        int pending = paused || hasTooMany() ? 0 : pending();
        int count = fetchBatch(Math.min(pending, limit), pending);
        turnPending = pending > count;
        arbiter.tell(new Arbiter.TurnTaken(count, turnPending));
        if (!turnPending) {
            fetch();
        }
    }

    /** Too many in flight; when some have completed we hear of it. */
    private boolean hasTooMany() {
        if (fetchedTotal - link.arrived < IN_FLIGHT_MAX) {
            return false;
        }
        link.callAt = fetchedTotal - IN_FLIGHT_MAX + CommandBatch.CAPACITY;
        return true;
    }

    private int pending() {
        return Doorbells.distance(head, tailDoorbell.value(), entryCount);
    }

    /** Another turn if there is more to do, or if the tail moves while we fall asleep. */
    private void goOn(boolean more) {
        if (more || !sleep()) {
            turnPending = true;
            tailDoorbell.stayAwake();
            if (arbitration == null) {
                getContext().getSelf().tell(turn);
            } else {
                arbitration.arbiter().tell(ready);
            }
        }
    }

    /** Arms the doorbell; false if it has moved meanwhile and there is work instead. */
    private boolean sleep() {
        armed = tailDoorbell.arm(head);
        return armed;
    }

    /** Fetches so many, and one more rather than part a fused pair; returns how many it were. */
    private int fetchBatch(int wanted, int pending) {
        if (wanted == 0) {
            return 0;
        }
        CommandBatch batch = shard.batches().take();
        fetch(batch, Math.min(wanted, CommandBatch.CAPACITY - 1));
        if (batch.count() < pending && batch.endsWithinPair()) {
            fetch(batch, 1);
        }
        int count = batch.count();
        tailDoorbell.publish(head);
        fetchedTotal += count;
        batch.seal(link, fetchedTotal);
        link.opened(batch);
        shard.counters().fetches++;
        shard.counters().commands += count;
        if (abortsOnFetch != null) {
            abortFetched(batch, abortsOnFetch);
        }
        executor.execute(batch);
        return count;
    }

    private void fetch(CommandBatch batch, int count) {
        int untilEnd = Math.min(count, entryCount - head);
        batch.fetch(entries, head, untilEnd);
        if (untilEnd < count) {
            batch.fetch(entries, 0, count - untilEnd);
        }
        head = (head + count) % entryCount;
    }

    private Behavior<Command> onAbort(AbortCommand abort) {
        if (!link.abort(abort) && !abortLater(abort)) {
            answerNotAborted(abort);
        }
        return this;
    }

    private void answerNotAborted(AbortCommand abort) {
        abort.replyTo().tell(new AbortAnswer(link.queueId(), abort.commandId(), false));
    }

    /** Looks for a command that the host submitted and that we have not fetched. */
    private boolean abortLater(AbortCommand abort) {
        int slot = head;
        for (int rest = pending(); rest > 0; rest--) {
            int firstDword = entries.getInt((long) slot * SubmissionEntry.SIZE_BYTES);
            if (firstDword >>> Short.SIZE == abort.commandId()) {
                if (abortsOnFetch == null) {
                    abortsOnFetch = new ArrayList<>(1);
                }
                abortsOnFetch.add(abort);
                return true;
            }
            slot = slot + 1 == entryCount ? 0 : slot + 1;
        }
        return false;
    }

    private void abortFetched(CommandBatch batch, List<AbortCommand> aborts) {
        aborts.removeIf(abort -> link.abort(abort, batch));
        if (aborts.isEmpty()) {
            abortsOnFetch = null;
        }
    }
}
