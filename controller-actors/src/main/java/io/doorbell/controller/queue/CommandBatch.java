package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The commands of one fetch, on their way from a submission queue to its completion queue.
 *
 * <p>Batches are pooled and mutable; whoever was sent one owns it until it sends it on. A set of
 * commands of a batch is a bit mask: bit i is command i.
 */
public final class CommandBatch {
    /** Most commands in a batch: the bits of a mask. */
    public static final int CAPACITY = 64;

    private final MemorySegment entries =
            Arena.ofAuto().allocate((long) CAPACITY * SubmissionEntry.SIZE_BYTES, Long.BYTES);
    private final @Nullable FetchedCommand[] commands = new FetchedCommand[CAPACITY];
    private @Nullable SubmissionQueueLink link;
    private int count;
    private boolean fuses; // some command is part of a fused operation
    private long fetchedTotal;
    private volatile long abortsRequested; // executors may look from another thread
    private @Nullable CommandBatch older; // of the same queue, see SubmissionQueueLink
    private @Nullable CommandBatch newer;

    // Owned by the completion queue.
    long unposted; // commands that are not posted yet
    long waiting; // commands that are completed and wait for room

    /** Copies {@code entryCount} entries from slot {@code first}, without crossing the end. */
    void fetch(MemoryWindow queue, int first, int entryCount) {
        queue.read(
                (long) first * SubmissionEntry.SIZE_BYTES,
                entries,
                (long) count * SubmissionEntry.SIZE_BYTES,
                (long) entryCount * SubmissionEntry.SIZE_BYTES);
        for (int end = count + entryCount; count < end; count++) {
            FetchedCommand command = command(count);
            command.fetched();
            fuses |= command.fuse() != SubmissionEntry.FUSE_NONE;
        }
    }

    /** Says whose commands these are, and how many that queue has fetched with them. */
    void seal(SubmissionQueueLink from, long fetched) {
        link = from;
        fetchedTotal = fetched;
        unposted = all();
        waiting = 0;
    }

    /**
     * A batch of one of these commands once more, with its outcome, that no queue has fetched: for
     * a device that completes a command twice.
     */
    public CommandBatch again(int index) {
        CommandBatch copy = new CommandBatch();
        MemorySegment.copy(
                entries,
                (long) index * SubmissionEntry.SIZE_BYTES,
                copy.entries,
                0,
                SubmissionEntry.SIZE_BYTES);
        copy.count = 1;
        copy.command(0).fetched();
        copy.command(0).complete(command(index).status(), command(index).result());
        copy.seal(link().withoutAccount(), fetchedTotal);
        return copy;
    }

    void clear() {
        count = 0;
        fuses = false;
        link = null;
        if (abortsRequested != 0) {
            abortsRequested = 0;
        }
    }

    void linkBefore(@Nullable CommandBatch next) {
        older = next;
        if (next != null) {
            next.newer = this;
        }
    }

    void unlink() {
        if (older != null) {
            older.newer = newer;
        }
        if (newer != null) {
            newer.older = older;
        }
        older = null;
        newer = null;
    }

    @Nullable CommandBatch older() {
        return older;
    }

    /** The command with this id that has not completed yet, or -1. */
    int executing(int commandId) {
        for (long rest = unposted & ~waiting; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            if (command(index).commandId() == commandId) {
                return index;
            }
        }
        return -1;
    }

    /** Only the queues' thread asks; so two requests cannot meet. */
    void requestAbort(long mask) {
        abortsRequested = abortsRequested | mask;
    }

    /**
     * The commands whose end is wanted, as a mask. Whoever executes one may still complete it as it
     * likes, but what has not begun should not begin, and what takes long should stop, with {@link
     * #completeAborted}.
     */
    public long abortsRequested() {
        return abortsRequested;
    }

    /** Sets the outcome of a command that was ended by request: 0/07h (Base §5.1). */
    public void completeAborted(int index) {
        command(index).complete(Status.COMMAND_ABORT_REQUESTED, 0);
    }

    /** Number of commands, 1 to {@link #CAPACITY}. */
    public int count() {
        return count;
    }

    /** Command {@code index}, from 0. */
    public FetchedCommand command(int index) {
        FetchedCommand command = commands[index];
        if (command == null) {
            SubmissionEntry entry = new SubmissionEntry();
            entry.wrap(entries, (long) index * SubmissionEntry.SIZE_BYTES);
            command = new FetchedCommand(entry);
            commands[index] = command;
        }
        return command;
    }

    /** The mask of all commands of the batch. */
    public long all() {
        return -1L >>> (CAPACITY - count);
    }

    /**
     * What is executed together with command {@code index}: itself, and the second half of a fused
     * operation that it begins (Base §3.4.2).
     */
    public long unit(int index) {
        long unit = 1L << index;
        boolean isPair =
                fuses
                        && command(index).fuse() == SubmissionEntry.FUSE_FIRST
                        && index + 1 < count
                        && command(index + 1).fuse() == SubmissionEntry.FUSE_SECOND;
        return isPair ? unit | (unit << 1) : unit;
    }

    /** Whether the last command is the first half of a fused operation. */
    boolean endsWithinPair() {
        return command(count - 1).fuse() == SubmissionEntry.FUSE_FIRST;
    }

    /** The submission queue the commands came from. */
    public SubmissionQueueLink link() {
        if (link == null) {
            throw new IllegalStateException("This batch is in the pool.");
        }
        return link;
    }

    /** How many commands that queue had fetched when this batch was sealed, these included. */
    long fetchedTotal() {
        return fetchedTotal;
    }

    /** Tells the completion queue that these commands of the batch are complete. */
    public void completed(long mask) {
        link().completionQueue().tell(new CompletionQueue.Completed(this, mask));
    }
}
