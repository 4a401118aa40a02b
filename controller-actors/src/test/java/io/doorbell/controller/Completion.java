package io.doorbell.controller;

import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;

/** A completion entry as the host read it. */
public record Completion(int commandId, int status, int result, int sqHead, int sqId) {

    static Completion of(long lowQword, long highQword) {
        return new Completion(
                CompletionEntry.commandId(highQword),
                CompletionEntry.status(highQword),
                CompletionEntry.dw0(lowQword),
                CompletionEntry.sqHead(highQword),
                CompletionEntry.sqId(highQword));
    }

    /** Status code type and code, without DNR and M. */
    public int code() {
        return status & 0x7FF;
    }

    /** Whether the host should not send the same command again. */
    public boolean doNotRetry() {
        return (status & Status.DO_NOT_RETRY) != 0;
    }
}
