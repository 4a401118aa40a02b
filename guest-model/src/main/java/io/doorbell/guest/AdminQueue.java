package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** The host's admin queue pair: what follows a command is given with it. */
final class AdminQueue {
    private static final int QUEUE_ID = 0;

    /** What came back: status field and DW0. */
    record Outcome(int status, int result) {
        boolean isSuccess() {
            return status == 0;
        }
    }

    private int entryCount;
    private final GuestMemory memory;
    private final long submissionBase;
    private final long completionBase;
    private final SubmissionRing submission;
    private final CompletionRing completion;
    private final CommandTags tags;
    private final @Nullable Consumer<Outcome>[] pending; // by tag
    private final @Nullable HostWatcher watcher;

    // Arrays of generics cannot be made; this one never leaves the class.
    @SuppressWarnings({"unchecked", "rawtypes"})
    AdminQueue(GuestSettings settings, int doorbellStride) {
        GuestSettings.Machine machine = settings.machine();
        ActorRef<PciAccess> lane = machine.port().lane(0);
        PageAllocator pages = machine.pages();
        memory = machine.memory();
        entryCount = settings.policies().queueing().adminEntries();
        watcher = settings.watcher();
        long submissionBytes = (long) entryCount * SubmissionEntry.SIZE_BYTES;
        long completionBytes = (long) entryCount * CompletionEntry.SIZE_BYTES;
        submissionBase = pages.allocate(submissionBytes);
        completionBase = pages.allocate(completionBytes);
        submission =
                new SubmissionRing(
                        memory,
                        window(memory, submissionBase, submissionBytes),
                        entryCount,
                        lane,
                        Doorbells.submissionTailOffset(QUEUE_ID, doorbellStride));
        completion =
                new CompletionRing(
                        memory,
                        zeroed(window(memory, completionBase, completionBytes)),
                        entryCount,
                        lane,
                        Doorbells.completionHeadOffset(QUEUE_ID, doorbellStride));
        tags = new CommandTags(entryCount);
        pending = new Consumer[entryCount - 1];
    }

    /** The host's own memory: it is there, or the host was built wrong. */
    static MemoryWindow window(GuestMemory memory, long address, long sizeBytes) {
        MemoryWindow window = memory.window(address, sizeBytes);
        if (window == null) {
            throw new IllegalStateException(
                    "The host allocated %,d bytes at %xh, where it has no memory."
                            .formatted(sizeBytes, address));
        }
        return window;
    }

    /** Makes a completion queue ready for use: no entry may look new (Base §3.3.3.2). */
    static MemoryWindow zeroed(MemoryWindow window) {
        window.zero(0, window.sizeBytes());
        return window;
    }

    int entryCount() {
        return entryCount;
    }

    long submissionBase() {
        return submissionBase;
    }

    long completionBase() {
        return completionBase;
    }

    boolean hasRoom() {
        return room() > 0;
    }

    int room() {
        return Math.min(tags.free(), submission.room());
    }

    /** Publishes through the shadow buffers from now on. */
    void useShadow(ShadowBuffers.Slots slots) {
        submission.useShadow(slots.submissions().getFirst());
        completion.useShadow(slots.completion());
    }

    /**
     * Submits one command; {@code next} is called when it completes.
     *
     * @return its tag
     */
    int submit(Consumer<SubmissionEntry> fill, Consumer<Outcome> next) {
        if (!hasRoom()) {
            throw new IllegalStateException("More admin commands at once than the queue holds.");
        }
        int tag = tags.take();
        pending[tag] = next;
        SubmissionEntry entry = submission.draft();
        fill.accept(entry);
        entry.commandId(tags.commandId(tag));
        if (watcher != null) {
            watcher.submitted(
                    QUEUE_ID, tags.commandId(tag), submission.tail(), entry.opcode(), 0, 0);
        }
        submission.push();
        submission.ring();
        return tag;
    }

    int commandId(int tag) {
        return tags.commandId(tag);
    }

    /** An interrupt of vector 0 came. */
    void consumeAll() {
        for (long entry = completion.highQword();
                completion.isNew(entry);
                entry = completion.highQword()) {
            Outcome outcome =
                    new Outcome(
                            CompletionEntry.status(entry),
                            CompletionEntry.dw0(completion.lowQword()));
            submission.consumedTo(CompletionEntry.sqHead(entry));
            completion.advance();
            consume(CompletionEntry.commandId(entry), outcome);
        }
        completion.ring();
    }

    private void consume(int commandId, Outcome outcome) {
        int tag = tags.find(commandId);
        Consumer<Outcome> next = tag < 0 ? null : pending[tag];
        if (next == null) {
            if (watcher != null) {
                watcher.unknownCompletion(QUEUE_ID, commandId, outcome.status());
            }
            return;
        }
        if (watcher != null) {
            watcher.completed(QUEUE_ID, commandId, outcome.status());
        }
        pending[tag] = null;
        tags.release(tag);
        next.accept(outcome);
    }

    /** What was to follow the commands outstanding no longer matters; they still are. */
    void forget() {
        for (int tag = 0; tag < pending.length; tag++) {
            if (pending[tag] != null) {
                pending[tag] = _ -> {};
            }
        }
    }

    /** The controller has let go of this queue: cancels what is outstanding, and begins anew. */
    void renew(HostPolicies.QueueMemory left, int entries) {
        entryCount = entries;
        for (int tag = 0; tag < pending.length; tag++) {
            if (pending[tag] != null) {
                pending[tag] = null;
                if (watcher != null) {
                    watcher.cancelled(QUEUE_ID, tags.commandId(tag));
                }
                tags.release(tag);
            }
        }
        submission.renew(left, entries);
        completion.renew(left, entries);
        memory.storeFence();
    }
}
