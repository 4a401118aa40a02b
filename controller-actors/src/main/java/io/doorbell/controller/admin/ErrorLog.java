package io.doorbell.controller.admin;

import io.doorbell.spec.log.ErrorInformation;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * The Error Information log page (Base §5.16.1.2): the last errors, newest first.
 *
 * <p>The controller keeps it, because the count outlives a reset; the root of an epoch uses it.
 */
public final class ErrorLog {
    static final int ENTRIES_MAX = 64;

    private record Entry(long count, int status) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long errorCount;

    /** A reset clears the entries and not the count. */
    void clearEntries() {
        entries.clear();
    }

    /** Notes an error that belongs to no command, such as an invalid doorbell write. */
    void add(int status) {
        errorCount++;
        entries.addFirst(new Entry(errorCount, status));
        if (entries.size() > ENTRIES_MAX) {
            entries.removeLast();
        }
    }

    long errorCount() {
        return errorCount;
    }

    /** Writes all entries; {@code page} is all zero and has room for them. */
    void fill(MemorySegment page) {
        ErrorInformation view = new ErrorInformation();
        long offset = 0;
        for (Entry entry : entries) {
            view.wrap(page, offset)
                    .errorCount(entry.count())
                    .submissionQueueId(ErrorInformation.NOT_A_COMMAND)
                    .commandId(ErrorInformation.NOT_A_COMMAND)
                    .parameterLocation(ErrorInformation.NOT_A_COMMAND)
                    .status(entry.status());
            offset += ErrorInformation.SIZE_BYTES;
        }
    }
}
