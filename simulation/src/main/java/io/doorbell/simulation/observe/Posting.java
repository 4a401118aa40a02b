package io.doorbell.simulation.observe;

import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;

import org.jspecify.annotations.Nullable;

/** A completion entry at the moment when the device stores its phase tag. */
public final class Posting {
    private @Nullable CompletionQueueState queue;
    private @Nullable SubmissionQueueState source;
    private int slot;
    private long address;
    private long low;
    private long high;
    private boolean whole;
    private int command;

    Posting set(
            CompletionQueueState toQueue,
            int atSlot,
            long atAddress,
            long lowQword,
            long highQword,
            boolean isWhole,
            @Nullable SubmissionQueueState fromQueue,
            int ofCommand) {
        queue = toQueue;
        slot = atSlot;
        address = atAddress;
        low = lowQword;
        high = highQword;
        whole = isWhole;
        source = fromQueue;
        command = ofCommand;
        return this;
    }

    /** Where it is posted. */
    public CompletionQueueState queue() {
        if (queue == null) {
            throw new IllegalStateException("Nothing was posted.");
        }
        return queue;
    }

    /** The submission queue it names, or null if there is none with this id. */
    public @Nullable SubmissionQueueState source() {
        return source;
    }

    /** The outstanding command it names, or {@link CommandTable#NONE}. */
    public int command() {
        return command;
    }

    public int slot() {
        return slot;
    }

    /** Where in memory the entry is. */
    public long address() {
        return address;
    }

    /** Whether all 16 bytes were stored, the phase tag with the last of them. */
    public boolean isWhole() {
        return whole;
    }

    public int dw0() {
        return CompletionEntry.dw0(low);
    }

    public int dw1() {
        return CompletionEntry.dw1(low);
    }

    public int sqHead() {
        return CompletionEntry.sqHead(high);
    }

    public int sqId() {
        return CompletionEntry.sqId(high);
    }

    public int commandId() {
        return CompletionEntry.commandId(high);
    }

    /** The status field without the phase tag. */
    public int status() {
        return CompletionEntry.status(high);
    }

    public boolean phase() {
        return CompletionEntry.phase(high);
    }

    public boolean isSuccess() {
        return Status.isSuccess(status());
    }

    /** For people. */
    public String describe() {
        return "slot %d of completion queue %d: SQID %d, CID %04Xh, status %03Xh, SQHD %d, phase %d"
                .formatted(
                        slot,
                        queue().id(),
                        sqId(),
                        commandId(),
                        status(),
                        sqHead(),
                        phase() ? 1 : 0);
    }
}
