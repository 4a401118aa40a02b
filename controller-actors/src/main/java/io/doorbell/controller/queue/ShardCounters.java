package io.doorbell.controller.queue;

/**
 * What one shard has done since the controller was built. Plain fields, written only on the shard's
 * thread; others ask for a copy.
 */
public final class ShardCounters {
    public long submissionRings;
    public long completionRings;
    public long invalidRings;
    public long wakes;
    public long fetches;
    public long commands;
    public long completions;
    public long completionBatches;
    public long queueFullHolds;
    public long interruptsByThreshold;
    public long interruptsByTime;
    public long interruptsNotCoalesced;
    public long interruptsMasked;
    public long hostReads;
    public long hostWrites;
    public long bytesRead;
    public long bytesWritten;
    public long mediaErrors;

    void countRing(boolean completionHead) {
        if (completionHead) {
            completionRings++;
        } else {
            submissionRings++;
        }
    }

    /** A copy that no longer changes. */
    public ShardCounters copy() {
        return new ShardCounters().add(this);
    }

    /** What was counted since {@code earlier} was copied. */
    public ShardCounters minus(ShardCounters earlier) {
        return copy().add(earlier, -1);
    }

    /** Adds another shard's counts to these; returns this. */
    public ShardCounters add(ShardCounters other) {
        return add(other, 1);
    }

    private ShardCounters add(ShardCounters other, long sign) {
        submissionRings += sign * other.submissionRings;
        completionRings += sign * other.completionRings;
        invalidRings += sign * other.invalidRings;
        wakes += sign * other.wakes;
        fetches += sign * other.fetches;
        commands += sign * other.commands;
        completions += sign * other.completions;
        completionBatches += sign * other.completionBatches;
        queueFullHolds += sign * other.queueFullHolds;
        interruptsByThreshold += sign * other.interruptsByThreshold;
        interruptsByTime += sign * other.interruptsByTime;
        interruptsNotCoalesced += sign * other.interruptsNotCoalesced;
        interruptsMasked += sign * other.interruptsMasked;
        hostReads += sign * other.hostReads;
        hostWrites += sign * other.hostWrites;
        bytesRead += sign * other.bytesRead;
        bytesWritten += sign * other.bytesWritten;
        mediaErrors += sign * other.mediaErrors;
        return this;
    }

    /** Interrupt messages decided on, whatever the reason. */
    public long interrupts() {
        return interruptsByThreshold + interruptsByTime + interruptsNotCoalesced;
    }
}
