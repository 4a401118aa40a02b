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
    /** What came back: status field and DW0. */
    record Outcome(int status, int result) {
        boolean isSuccess() {
            return status == 0;
        }
    }

    private final long submissionBase;
    private final long completionBase;
    private final SubmissionRing submission;
    private final CompletionRing completion;
    private final CommandTags tags;
    private final @Nullable Consumer<Outcome>[] pending; // by tag

    // Arrays of generics cannot be made; this one never leaves the class.
    @SuppressWarnings({"unchecked", "rawtypes"})
    AdminQueue(
            GuestMemory memory,
            PageAllocator pages,
            int entryCount,
            ActorRef<PciAccess> lane,
            int doorbellStride) {
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
                        Doorbells.submissionTailOffset(0, doorbellStride));
        completion =
                new CompletionRing(
                        memory,
                        zeroed(window(memory, completionBase, completionBytes)),
                        entryCount,
                        lane,
                        Doorbells.completionHeadOffset(0, doorbellStride));
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

    long submissionBase() {
        return submissionBase;
    }

    long completionBase() {
        return completionBase;
    }

    boolean hasRoom() {
        return tags.hasFree();
    }

    /** Submits one command; {@code next} is called when it completes. */
    void submit(Consumer<SubmissionEntry> fill, Consumer<Outcome> next) {
        if (!tags.hasFree()) {
            throw new IllegalStateException("More admin commands at once than the queue holds.");
        }
        int tag = tags.take();
        pending[tag] = next;
        SubmissionEntry entry = submission.draft();
        fill.accept(entry);
        entry.commandId(tags.commandId(tag));
        submission.push();
        submission.ring();
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
            int tag = tags.find(CompletionEntry.commandId(entry));
            completion.advance();
            if (tag >= 0) {
                Consumer<Outcome> next = pending[tag];
                pending[tag] = null;
                tags.release(tag);
                if (next != null) {
                    next.accept(outcome);
                }
            }
        }
        completion.ring();
    }
}
