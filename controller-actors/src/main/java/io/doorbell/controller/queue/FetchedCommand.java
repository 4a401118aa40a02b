package io.doorbell.controller.queue;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.SubmissionEntry;

import org.jspecify.annotations.Nullable;

/**
 * A fetched command, its private copy of the submission queue entry, and its outcome. Belongs to
 * its {@link CommandBatch} and is used again with it.
 */
public final class FetchedCommand {
    private final SubmissionEntry entry;
    private final DataPointer data = new DataPointer();
    private @Nullable Remainder remainder;
    private long firstQword; // read once: every command is asked for what is in it several times
    private int status;
    private int result;

    FetchedCommand(SubmissionEntry entry) {
        this.entry = entry;
    }

    /** The entry as it was fetched; the host can no longer change it. */
    public SubmissionEntry entry() {
        return entry;
    }

    /** Another entry has been fetched. */
    void fetched() {
        firstQword = entry.firstQword();
    }

    /** OPC. */
    public int opcode() {
        return SubmissionEntry.opcode(firstQword);
    }

    /** CID. */
    public int commandId() {
        return SubmissionEntry.commandId(firstQword);
    }

    /** Gives it another CID than the host did: for a device that mixes them up. */
    public void commandId(int other) {
        entry.commandId(other);
        fetched();
    }

    /** NSID. */
    public int namespaceId() {
        return SubmissionEntry.namespaceId(firstQword);
    }

    /** FUSE. */
    public int fuse() {
        return SubmissionEntry.fuse(firstQword);
    }

    /** PSDT. */
    public int dataPointerKind() {
        return SubmissionEntry.dataPointerKind(firstQword);
    }

    /** Where in guest memory the command's data lies, once it was resolved. */
    public DataPointer data() {
        return data;
    }

    /** What is left to do of a command that has begun, or null. */
    public @Nullable Remainder remainder() {
        return remainder;
    }

    /** The command has begun; this is left of it. */
    public void remains(Remainder rest) {
        remainder = rest;
    }

    /** Sets the outcome: status field as in {@link io.doorbell.spec.Status}, and DW0. */
    public void complete(int completionStatus, int completionResult) {
        remainder = null;
        status = completionStatus;
        result = completionResult;
    }

    /** Status field without phase tag: 0 is success. */
    public int status() {
        return status;
    }

    /** DW0 of the completion entry. */
    public int result() {
        return result;
    }
}
