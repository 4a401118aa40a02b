package io.doorbell.guest;

/** What one queue of the host has done. Plain fields, written by its actor; others get a copy. */
public final class GuestCounters {
    public long submissions;
    public long completions;
    public long interrupts;
    public long interruptsWithoutEntries;
    public long unknownCompletions;
    public long timeouts;
    public long polledCompletions;
    public long aborts;
    public long cancellations;
    public long retries;
    public long failures;

    /** A copy that no longer changes. */
    public GuestCounters copy() {
        return new GuestCounters().add(this);
    }

    /** Adds another queue's counts to these; returns this. */
    public GuestCounters add(GuestCounters other) {
        submissions += other.submissions;
        completions += other.completions;
        interrupts += other.interrupts;
        interruptsWithoutEntries += other.interruptsWithoutEntries;
        unknownCompletions += other.unknownCompletions;
        timeouts += other.timeouts;
        polledCompletions += other.polledCompletions;
        aborts += other.aborts;
        cancellations += other.cancellations;
        retries += other.retries;
        failures += other.failures;
        return this;
    }
}
