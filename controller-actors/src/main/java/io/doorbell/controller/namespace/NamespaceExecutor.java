package io.doorbell.controller.namespace;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.CommandExecutor;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.ReadWrite;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Executes the I/O commands of one shard's submission queues.
 *
 * <p>What cannot block is done at once. What may wait for a disk goes to workers on another
 * dispatcher: one for flushes and durable writes, which wait long, one for the rest.
 */
public final class NamespaceExecutor extends AbstractMatchingBehavior<NamespaceExecutor.Command> {
    public sealed interface Command {}

    /** Execute the commands of {@code mask}. */
    private record Execute(CommandBatch batch, long mask) implements Command {}

    /**
     * What executors work on.
     *
     * @param pageBytes 2^(12 + CC.MPS)
     * @param transferBytesMax from MDTS, in bytes
     * @param blocking a dispatcher whose threads may wait for a disk
     */
    public record Settings(
            NamespaceTable namespaces,
            GuestMemory memory,
            int pageBytes,
            long transferBytesMax,
            DispatcherSelector blocking) {

        NvmCommandSet commandSet() {
            return new NvmCommandSet(namespaces, memory, pageBytes, transferBytesMax);
        }
    }

    /** The executor of a shard, to be spawned on that shard's dispatcher. */
    public static Behavior<Command> create(Settings settings) {
        return Behaviors.setup(context -> new NamespaceExecutor(context, settings));
    }

    /** How a submission queue reaches this executor. */
    public static CommandExecutor asCommandExecutor(ActorRef<Command> executor) {
        return batch -> executor.tell(new Execute(batch, batch.all()));
    }

    private final Settings settings;
    private final NvmCommandSet commandSet;
    private @Nullable ActorRef<Command> worker;
    private @Nullable ActorRef<Command> flusher;

    private NamespaceExecutor(ActorContext<Command> context, Settings settings) {
        super(context);
        this.settings = settings;
        this.commandSet = settings.commandSet();
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Execute(CommandBatch batch, long mask) -> onExecute(batch, mask);
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

    private Behavior<Command> onExecute(CommandBatch batch, long mask) {
        long blocking = 0;
        long aborted = mask & batch.abortsRequested();
        for (long rest = aborted; rest != 0; rest &= rest - 1) {
            batch.completeAborted(Long.numberOfTrailingZeros(rest));
        }
        for (long rest = mask & ~aborted; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            if (commandSet.mayBlock(batch.command(index))) {
                blocking |= 1L << index;
            } else {
                commandSet.execute(batch.command(index));
            }
        }
        if (blocking != 0) {
            handOver(batch, blocking);
        }
        if (blocking != mask) {
            batch.completed(mask & ~blocking);
        }
        return this;
    }

    private void handOver(CommandBatch batch, long mask) {
        long flushes = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            if (waitsLong(batch, index)) {
                flushes |= 1L << index;
            }
        }
        if (flushes != mask) {
            worker().tell(new Execute(batch, mask & ~flushes));
        }
        if (flushes != 0) {
            flusher().tell(new Execute(batch, flushes));
        }
    }

    private static boolean waitsLong(CommandBatch batch, int index) {
        SubmissionEntry entry = batch.command(index).entry();
        return switch (entry.opcode()) {
            case NvmOpcode.FLUSH -> true;
            case NvmOpcode.WRITE -> ReadWrite.forceUnitAccess(entry);
            default -> false;
        };
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
        NvmCommandSet own = settings.commandSet();
        Behavior<Command> behavior =
                Behaviors.receiveMessage(
                        message -> {
                            Execute execute = (Execute) message;
                            run(own, execute.batch(), execute.mask());
                            return Behaviors.same();
                        });
        ActorRef<Command> spawned = getContext().spawn(behavior, name, settings.blocking());
        getContext().watch(spawned);
        return spawned;
    }

    private static void run(NvmCommandSet commandSet, CommandBatch batch, long mask) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            if ((batch.abortsRequested() >>> index & 1) != 0) {
                batch.completeAborted(index);
            } else {
                commandSet.execute(batch.command(index));
            }
            batch.completed(1L << index);
        }
    }
}
