package io.doorbell.testkit.host;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.SubmissionEntry;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.TreeSet;

/**
 * A queue pair as the host holds it: the pointers of both rings, and their memory. Each step is a
 * call of its own, so that a test can leave one out.
 */
public final class HostQueue {
    private final Host host;
    private final int submissionId;
    private final int completionId;
    private final int entries;
    private final int completionEntries;
    private final long submissionBase;
    private final long completionBase;
    private int tail;
    private int head;
    private boolean phase = true;
    private int nextCommandId = 1;
    private final Set<Integer> eventRequests = new TreeSet<>(); // ids of those not yet completed

    HostQueue(
            Host host,
            int submissionId,
            int completionId,
            int entries,
            int completionEntries,
            long submissionBase,
            long completionBase) {
        this.host = host;
        this.submissionId = submissionId;
        this.completionId = completionId;
        this.entries = entries;
        this.completionEntries = completionEntries;
        this.submissionBase = submissionBase;
        this.completionBase = completionBase;
    }

    /** Submission queue id. */
    public int id() {
        return submissionId;
    }

    public int completionId() {
        return completionId;
    }

    /** Slots of the submission queue. */
    public int entries() {
        return entries;
    }

    /** Slots of the completion queue. */
    public int completionEntries() {
        return completionEntries;
    }

    public long submissionBase() {
        return submissionBase;
    }

    public long completionBase() {
        return completionBase;
    }

    /** The slot that the next {@link #put} fills. */
    public int tail() {
        return tail;
    }

    /** The slot of the next completion to consume. */
    public int head() {
        return head;
    }

    /** The phase tag that a new entry has. */
    public boolean phase() {
        return phase;
    }

    /** Asynchronous Event Requests that were put here and whose completion was not consumed. */
    int eventRequests() {
        return eventRequests.size();
    }

    /** Writes a command into the next slot, without ringing; returns its command id. */
    public int put(Command command) {
        int id = command.hasCommandId() ? command.commandId() : nextCommandId++ & 0x7FFF;
        putAt(tail, command, id);
        if (submissionId == 0 && command.opcode() == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST) {
            eventRequests.add(id);
        }
        tail = (tail + 1) % entries;
        return id;
    }

    /** Writes a command into some slot; the tail stays. */
    public void putAt(int slot, Command command, int commandId) {
        long address = submissionBase + (long) slot * SubmissionEntry.SIZE_BYTES;
        for (int i = 0; i < Command.DWORDS; i++) {
            int value = i == 0 ? (command.dword(0) & 0xFFFF) | commandId << 16 : command.dword(i);
            host.memory().putInt(address + 4L * i, value);
        }
    }

    /** Rings the submission doorbell with the tail. */
    public void ring() {
        ring(tail);
    }

    /** Rings the submission doorbell with some value. */
    public void ring(int value) {
        host.ringSubmission(submissionId, value);
    }

    /** Rings the completion doorbell with the head. */
    public void ringHead() {
        ringHead(head);
    }

    /** Rings the completion doorbell with some value. */
    public void ringHead(int value) {
        host.ringCompletion(completionId, value);
    }

    /** {@link #put} and {@link #ring}. */
    public int submit(Command command) {
        int id = put(command);
        ring();
        return id;
    }

    /** Whether an entry is new that was not consumed. */
    public boolean hasCompletion() {
        return CompletionEntry.phase(highQword(head)) == phase;
    }

    /** Consumes the next entry if there is one; the doorbell is not rung. */
    public @Nullable Completion poll() {
        if (!hasCompletion()) {
            return null;
        }
        Completion completion = entry(head);
        eventRequests.remove(completion.commandId());
        head++;
        if (head == completionEntries) {
            head = 0;
            phase = !phase;
        }
        return completion;
    }

    /** The entry of a slot, new or not. */
    public Completion entry(int slot) {
        long address = completionBase + (long) slot * CompletionEntry.SIZE_BYTES;
        long high = highQword(slot);
        return new Completion(host.memory().getLong(address), high);
    }

    /** Waits for the next entry and consumes it; the doorbell is not rung. */
    public Completion expectCompletion() {
        if (!host.await(this::hasCompletion)) {
            Expect.fail(
                    "no completion in CQ %d within %,d ms (head %d, phase %d, SQ tail %d)"
                            .formatted(
                                    completionId,
                                    host.patienceNanos() / 1_000_000,
                                    head,
                                    phase ? 1 : 0,
                                    tail));
        }
        Completion completion = poll();
        if (completion == null) {
            throw Expect.fail("a completion of CQ " + completionId + " disappeared");
        }
        return completion;
    }

    /** Waits for a command's completion; another command's is a failure. */
    public Completion expectCompletion(int commandId) {
        Completion completion = expectCompletion();
        Expect.equal("command id of " + completion, completion.commandId(), commandId);
        return completion;
    }

    /** Nothing new appears in this time. */
    public void expectNoCompletion(long nanos) {
        long start = host.function().nanoTime();
        if (host.function().runUntil(this::hasCompletion, nanos)) {
            Expect.fail(
                    "unexpected completion in CQ %d after %,d ns: %s"
                            .formatted(
                                    completionId, host.function().nanoTime() - start, entry(head)));
        }
    }

    /** Submits, waits, consumes, and rings the head: the whole life of one command. */
    public Completion run(Command command) {
        int id = submit(command);
        Completion completion = expectCompletion(id);
        ringHead();
        return completion;
    }

    private long highQword(int slot) {
        return host.memory()
                .getLong(
                        completionBase
                                + (long) slot * CompletionEntry.SIZE_BYTES
                                + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
    }

    /** The pointers and the last entries, for a report. */
    String dump() {
        StringBuilder text = new StringBuilder();
        text.append(
                "SQ %d (%d slots at %Xh, tail %d), CQ %d (%d slots at %Xh, head %d, phase %d)%n"
                        .formatted(
                                submissionId,
                                entries,
                                submissionBase,
                                tail,
                                completionId,
                                completionEntries,
                                completionBase,
                                head,
                                phase ? 1 : 0));
        int lastSlot = (tail + entries - 1) % entries;
        text.append("  last command, slot ").append(lastSlot).append(':');
        for (int i = 0; i < Command.DWORDS; i++) {
            text.append(
                    " %08X"
                            .formatted(
                                    host.memory()
                                            .getInt(
                                                    submissionBase
                                                            + (long) lastSlot
                                                                    * SubmissionEntry.SIZE_BYTES
                                                            + 4L * i)));
        }
        int lastEntry = (head + completionEntries - 1) % completionEntries;
        return text.append(
                        "%n  last completion, slot %d: %s%n".formatted(lastEntry, entry(lastEntry)))
                .append("  next completion, slot %d: %s%n".formatted(head, entry(head)))
                .toString();
    }
}
