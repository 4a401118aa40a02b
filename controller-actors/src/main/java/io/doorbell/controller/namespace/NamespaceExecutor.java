package io.doorbell.controller.namespace;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.CommandExecutor;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.controller.queue.ShardCounters;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Executes the I/O commands of one shard's submission queues.
 *
 * <p>What cannot block is done at once. What may wait for a disk goes to workers on another
 * dispatcher: one for flushes and durable writes, which wait long, one for the rest. Either does a
 * long command in pieces, with other commands between them.
 */
public final class NamespaceExecutor extends AbstractMatchingBehavior<NamespaceExecutor.Command> {
    public sealed interface Command {}

    /** Execute the commands of {@code mask}. */
    record Execute(CommandBatch batch, long mask) implements Command {}

    /**
     * To itself: the commands of {@code mask} have begun, or waited for one that has.
     *
     * @param since see {@link Unfinished}
     */
    record GoOn(CommandBatch batch, long mask, long since) implements Command {}

    /** A worker has executed commands, and this is what they moved. */
    record Executed(IoTally tally) implements Command {}

    /**
     * Answered when every command that was handed over before has been executed.
     *
     * @param rest whom to ask next
     */
    record PassFence(long id, List<ActorRef<Command>> rest, ActorRef<FencePassed> replyTo)
            implements Command {
        void pass() {
            if (rest.isEmpty()) {
                replyTo.tell(new FencePassed(id));
            } else {
                rest.getFirst().tell(new PassFence(id, rest.subList(1, rest.size()), replyTo));
            }
        }
    }

    /** To itself: a fence waits for commands that began before it. */
    record HeldFence(PassFence fence, long number) implements Command {}

    /** Every command handed over before the fence has been executed. */
    public record FencePassed(long id) {}

    /**
     * What executors work on.
     *
     * @param pageBytes 2^(12 + CC.MPS)
     * @param transferBytesMax from MDTS, in bytes
     * @param scatterGatherLists whether commands may have SGLs
     * @param features what the host has set
     * @param blocking a dispatcher whose threads may wait for a disk
     */
    public record Settings(
            NamespaceTable namespaces,
            GuestMemory memory,
            int pageBytes,
            long transferBytesMax,
            boolean scatterGatherLists,
            IoFeatures features,
            DispatcherSelector blocking) {}

    /**
     * The executor of a shard, to be spawned on that shard's dispatcher.
     *
     * @param counters of the shard
     */
    public static Behavior<Command> create(Settings settings, ShardCounters counters) {
        return Behaviors.setup(context -> new NamespaceExecutor(context, settings, counters));
    }

    /** Asks an executor for {@link FencePassed}. */
    public static void fence(ActorRef<Command> executor, long id, ActorRef<FencePassed> replyTo) {
        executor.tell(new PassFence(id, List.of(), replyTo));
    }

    /** How a submission queue reaches this executor. */
    public static CommandExecutor asCommandExecutor(ActorRef<Command> executor) {
        return batch -> executor.tell(new Execute(batch, batch.all()));
    }

    private final Settings settings;
    private final NvmCommandSet commandSet;
    private final ShardCounters counters;
    private final IoTally tally = new IoTally();
    private final Unfinished unfinished = new Unfinished();
    private @Nullable ActorRef<Command> worker;
    private @Nullable ActorRef<Command> flusher;

    private NamespaceExecutor(
            ActorContext<Command> context, Settings settings, ShardCounters counters) {
        super(context);
        this.settings = settings;
        this.counters = counters;
        this.commandSet = new NvmCommandSet(settings);
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Execute(CommandBatch batch, long mask) -> onExecute(batch, mask, unfinished.now());
            case GoOn goOn -> onGoOn(goOn);
            case Executed(IoTally moved) -> onExecuted(moved);
            case PassFence fence -> onFence(new HeldFence(fence, unfinished.fence()));
            case HeldFence held -> onFence(held);
        };
    }

    /** A worker that failed takes its commands with it: only a reset helps. */
    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof ChildFailed failed) {
            throw new IllegalStateException(
                    "Namespace " + failed.getRef().path().name() + " failed.", failed.getCause());
        }
        return Behaviors.unhandled();
    }

    private Behavior<Command> onExecute(CommandBatch batch, long mask, long since) {
        long live = mask & ~abort(batch, mask);
        long blocking = settings.namespaces().mayBlock() ? blocking(batch, live) : 0;
        if (blocking != 0) {
            handOver(batch, blocking);
        }
        if ((live & ~blocking) != 0) {
            executeHere(batch, live & ~blocking, since);
        }
        return this;
    }

    private long blocking(CommandBatch batch, long mask) {
        long blocking = 0;
        for (long rest = mask; rest != 0; ) {
            int index = Long.numberOfTrailingZeros(rest);
            long unit = batch.unit(index) & mask;
            rest &= ~unit;
            if (commandSet.mayBlock(batch.command(index))) {
                blocking |= unit;
            }
        }
        return blocking;
    }

    /** Ends what is to be aborted before it begins or goes on; returns which they were. */
    private static long abort(CommandBatch batch, long mask) {
        long aborted = mask & batch.abortsRequested();
        for (long rest = aborted; rest != 0; rest &= rest - 1) {
            batch.completeAborted(Long.numberOfTrailingZeros(rest));
        }
        if (aborted != 0) {
            batch.completed(aborted);
        }
        return aborted;
    }

    private Behavior<Command> onGoOn(GoOn goOn) {
        unfinished.remove(goOn.since());
        return onExecute(goOn.batch(), goOn.mask(), goOn.since());
    }

    private Behavior<Command> onExecuted(IoTally moved) {
        moved.moveTo(counters);
        return this;
    }

    private Behavior<Command> onFence(HeldFence held) {
        if (!unfinished.isPast(held.number())) {
            getContext().getSelf().tell(held); // behind them
        } else {
            List<ActorRef<Command>> workers =
                    Stream.of(worker, flusher).filter(Objects::nonNull).toList();
            new PassFence(held.fence().id(), workers, held.fence().replyTo()).pass();
        }
        return this;
    }

    private void executeHere(CommandBatch batch, long mask, long since) {
        long done = run(commandSet, batch, mask, tally, false);
        tally.moveTo(counters);
        if (done != mask) {
            unfinished.add(since);
            getContext().getSelf().tell(new GoOn(batch, mask & ~done, since));
        }
        if (done != 0) {
            batch.completed(done);
        }
    }

    private void handOver(CommandBatch batch, long mask) {
        long flushes = 0;
        for (long rest = mask; rest != 0; ) {
            long unit = batch.unit(Long.numberOfTrailingZeros(rest)) & mask;
            rest &= ~unit;
            // Of a fused pair the write decides, which is the second.
            int decisive = Long.SIZE - 1 - Long.numberOfLeadingZeros(unit);
            if (commandSet.waitsLong(batch.command(decisive))) {
                flushes |= unit;
            }
        }
        if (flushes != mask) {
            worker().tell(new Execute(batch, mask & ~flushes));
        }
        if (flushes != 0) {
            flusher().tell(new Execute(batch, flushes));
        }
    }

    private ActorRef<Command> worker() {
        if (worker == null) {
            worker = spawnWorker("worker");
        }
        return worker;
    }

    private ActorRef<Command> flusher() {
        if (flusher == null) {
            flusher = spawnWorker("flusher");
        }
        return flusher;
    }

    private ActorRef<Command> spawnWorker(String name) {
        NvmCommandSet own = new NvmCommandSet(settings);
        ActorRef<Command> shard = getContext().getSelf();
        ActorRef<Command> spawned =
                getContext().spawn(NamespaceWorker.create(own, shard), name, settings.blocking());
        getContext().watch(spawned);
        return spawned;
    }

    /**
     * One turn: executes commands, but only one piece of those that have begun and are long.
     *
     * @param tally counts what was done
     * @param tellEach whether each is completed at once; else the caller completes them
     * @return the commands that are done
     */
    static long run(
            NvmCommandSet commandSet,
            CommandBatch batch,
            long mask,
            IoTally tally,
            boolean tellEach) {
        long done = 0;
        boolean pieceDone = false;
        for (long rest = mask; rest != 0; ) {
            int index = Long.numberOfTrailingZeros(rest);
            long unit = batch.unit(index) & mask & ~done;
            rest &= ~unit;
            if (tellEach && (batch.abortsRequested() & unit) != 0) {
                done |= abort(batch, unit);
                rest |= unit & ~done; // a half that is left alone
                continue;
            }
            FetchedCommand command = batch.command(index);
            boolean hasBegun = command.remainder() != null;
            if (hasBegun && pieceDone) {
                continue; // others first
            }
            pieceDone |= hasBegun;
            if (execute(commandSet, batch, index, unit)) {
                done |= unit;
                tally.count(batch, unit);
                if (tellEach) {
                    batch.completed(unit);
                }
            }
        }
        return done;
    }

    private static boolean execute(
            NvmCommandSet commandSet, CommandBatch batch, int index, long unit) {
        if (Long.bitCount(unit) == 1) {
            return commandSet.execute(batch.command(index));
        }
        commandSet.execute(batch.command(index), batch.command(index + 1));
        return true;
    }
}
