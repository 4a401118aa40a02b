package io.doorbell.testkit.host;

import io.doorbell.spec.CompletionEntry;

/**
 * A completion entry that was read (Base §3.3.3.2).
 *
 * @param low DW1 and DW0
 * @param high DW3 and DW2
 */
public record Completion(long low, long high) {
    public int dw0() {
        return CompletionEntry.dw0(low);
    }

    public int dw1() {
        return CompletionEntry.dw1(low);
    }

    /** SQHD. */
    public int submissionHead() {
        return CompletionEntry.sqHead(high);
    }

    /** SQID. */
    public int submissionQueueId() {
        return CompletionEntry.sqId(high);
    }

    public int commandId() {
        return CompletionEntry.commandId(high);
    }

    public boolean phase() {
        return CompletionEntry.phase(high);
    }

    /** The 15-bit status field, without the phase tag. */
    public int status() {
        return CompletionEntry.status(high);
    }

    @Override
    public String toString() {
        return "command %04Xh of SQ %d (DW0 %08Xh, SQHD %d, status %03Xh)"
                .formatted(commandId(), submissionQueueId(), dw0(), submissionHead(), status());
    }
}
