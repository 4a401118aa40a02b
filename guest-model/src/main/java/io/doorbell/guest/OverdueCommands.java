package io.doorbell.guest;

import org.jspecify.annotations.Nullable;

/**
 * Which commands of a queue have been overdue already. Costs nothing before the first is: when a
 * command was submitted, its work knows.
 */
final class OverdueCommands {
    /** A command that was overdue, as long as it is the one that has the tag. */
    private static final class Entry {
        private final int commandId;
        private final long submittedNanos;
        private long restartedNanos;
        private boolean aborted;

        Entry(int commandId, long submittedNanos) {
            this.commandId = commandId;
            this.submittedNanos = submittedNanos;
        }
    }

    private static final @Nullable Entry[] NONE = {};

    private final int tagCount;
    private @Nullable Entry[] entries = NONE; // by tag

    OverdueCommands(int tagCount) {
        this.tagCount = tagCount;
    }

    /** When the time of this command began to run. */
    long startNanos(int tag, int commandId, IoWork work) {
        Entry entry = find(tag, commandId, work);
        return entry == null ? work.request().submittedNanos() : entry.restartedNanos;
    }

    /** It is overdue, and gets as much time again. */
    void restart(int tag, int commandId, IoWork work, long nowNanos) {
        Entry entry = find(tag, commandId, work);
        if (entry == null) {
            if (entries.length == 0) {
                entries = new Entry[tagCount];
            }
            entry = new Entry(commandId, work.request().submittedNanos());
            entries[tag] = entry;
        }
        entry.restartedNanos = nowNanos;
    }

    /** Whether it is overdue for the first time. */
    boolean isFirst(int tag, int commandId, IoWork work) {
        return find(tag, commandId, work) == null;
    }

    /** An Abort was sent for it. */
    void aborted(int tag, int commandId, IoWork work) {
        Entry entry = find(tag, commandId, work);
        if (entry != null) {
            entry.aborted = true;
        }
    }

    boolean isAborted(int tag, int commandId, IoWork work) {
        Entry entry = find(tag, commandId, work);
        return entry != null && entry.aborted;
    }

    /** Everything that was overdue is gone. */
    void clear() {
        entries = NONE;
    }

    private @Nullable Entry find(int tag, int commandId, IoWork work) {
        Entry entry = entries.length == 0 ? null : entries[tag];
        return entry != null
                        && entry.commandId == commandId
                        && entry.submittedNanos == work.request().submittedNanos()
                ? entry
                : null;
    }
}
