package io.doorbell.controller.admin;

import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.log.ErrorInformation;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * The Error Information log page (Base §5.16.1.2): the last errors, newest first.
 *
 * <p>The controller keeps it, because the count outlives a reset; the root of an epoch uses it.
 */
public final class ErrorLog implements LogPages.Page {
    static final int ENTRIES_MAX = 64;

    private static final int ADMIN_QUEUE = 0;
    private static final int NONE = ErrorInformation.NOT_A_COMMAND;

    private record Entry(
            long count, int queueId, int commandId, int status, int location, int namespaceId) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long errorCount;

    /** A reset clears the entries and not the count. */
    void clearEntries() {
        entries.clear();
    }

    /** Notes an error that belongs to no command, such as an invalid doorbell write. */
    void add(int status) {
        add(new Entry(++errorCount, NONE, NONE, status, NONE, 0));
    }

    /**
     * Notes that an admin command failed.
     *
     * @param wrongByte the byte of the entry that is wrong, or {@link AdminOutcome#NO_BYTE}
     */
    void add(SubmissionEntry command, int status, int wrongByte) {
        add(
                new Entry(
                        ++errorCount,
                        ADMIN_QUEUE,
                        command.commandId(),
                        status,
                        wrongByte == AdminOutcome.NO_BYTE ? NONE : wrongByte,
                        command.namespaceId()));
    }

    private void add(Entry entry) {
        entries.addFirst(entry);
        if (entries.size() > ENTRIES_MAX) {
            entries.removeLast();
        }
    }

    /** Errors since the controller was built. */
    long errorCount() {
        return errorCount;
    }

    @Override
    public int sizeBytes() {
        return ENTRIES_MAX * ErrorInformation.SIZE_BYTES;
    }

    @Override
    public void fill(MemorySegment page) {
        ErrorInformation view = new ErrorInformation();
        long offset = 0;
        for (Entry entry : entries) {
            view.wrap(page, offset)
                    .errorCount(entry.count())
                    .submissionQueueId(entry.queueId())
                    .commandId(entry.commandId())
                    .parameterLocation(entry.location())
                    .namespaceId(entry.namespaceId())
                    .status(entry.status());
            offset += ErrorInformation.SIZE_BYTES;
        }
    }
}
