package io.doorbell.controller;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.SubmissionEntry;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;

/** A submission queue and a completion queue as a host keeps them. */
public final class TestQueue {
    public final int submissionId;
    public final int completionId;
    public final int entries;
    public final int vector;
    public final long submissionBase;
    public final long completionBase;
    private final MemorySegment submission;
    private final MemoryWindow completion;
    private final SubmissionEntry entry = new SubmissionEntry();
    private int tail;
    private int head;
    private boolean phase = true;
    private int nextCommandId;

    TestQueue(
            TestMemory memory,
            int submissionId,
            int completionId,
            int entries,
            int vector,
            long submissionBase,
            long completionBase) {
        this.submissionId = submissionId;
        this.completionId = completionId;
        this.entries = entries;
        this.vector = vector;
        this.submissionBase = submissionBase;
        this.completionBase = completionBase;
        this.submission = memory.at(submissionBase, (long) entries * SubmissionEntry.SIZE_BYTES);
        this.completion =
                Objects.requireNonNull(
                        memory.memory()
                                .window(
                                        completionBase,
                                        (long) entries * CompletionEntry.SIZE_BYTES));
    }

    /** Writes a command into the next slot without ringing; returns its id. */
    public int put(Consumer<SubmissionEntry> command) {
        entry.wrap(submission, (long) tail * SubmissionEntry.SIZE_BYTES).clear();
        command.accept(entry);
        int commandId = nextCommandId;
        nextCommandId = (nextCommandId + 1) & 0x7FFF;
        entry.commandId(commandId);
        tail = (tail + 1) % entries;
        return commandId;
    }

    public int tail() {
        return tail;
    }

    public int head() {
        return head;
    }

    /** The next completion if it was posted, or null. */
    public @Nullable Completion poll() {
        long offset = (long) head * CompletionEntry.SIZE_BYTES;
        long high = completion.getLongAcquire(offset + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
        if (CompletionEntry.phase(high) != phase) {
            return null;
        }
        long low = completion.getLong(offset + CompletionEntry.LOW_QWORD_OFFSET_BYTES);
        head = (head + 1) % entries;
        if (head == 0) {
            phase = !phase;
        }
        return Completion.of(low, high);
    }
}
