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

    /** Adds another shard's counts to these; returns this. */
    public ShardCounters add(ShardCounters other) {
        submissionRings += other.submissionRings;
        completionRings += other.completionRings;
        invalidRings += other.invalidRings;
        wakes += other.wakes;
        fetches += other.fetches;
        commands += other.commands;
        completions += other.completions;
        completionBatches += other.completionBatches;
        queueFullHolds += other.queueFullHolds;
        interruptsByThreshold += other.interruptsByThreshold;
        interruptsByTime += other.interruptsByTime;
        interruptsNotCoalesced += other.interruptsNotCoalesced;
        interruptsMasked += other.interruptsMasked;
        return this;
    }

    /** Interrupt messages decided on, whatever the reason. */
    public long interrupts() {
        return interruptsByThreshold + interruptsByTime + interruptsNotCoalesced;
    }
}
