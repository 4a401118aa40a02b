package io.doorbell.controller.namespace;

/**
 * What is known of a namespace's sectors besides their bytes: which were written since they were
 * last deallocated, and which were made unreadable (NVM §3.2.3, §3.2.7).
 *
 * <p>Used by all shards at once. A sector that is not written reads as zeros: so {@link
 * #wasDeallocated} comes before its bytes are zeroed, and {@link #wasWritten} after they are
 * stored.
 */
final class BlockStates {
    private final SectorSet written;
    private final SectorSet unreadable;
    private final long sectors;

    BlockStates(long sectors) {
        this.sectors = sectors;
        written = new SectorSet(sectors);
        unreadable = new SectorSet(sectors);
    }

    /** Something was stored here: it can be read again. */
    void wasWritten(long first, long count) {
        written.add(first, count);
        if (!unreadable.isEmpty()) {
            unreadable.remove(first, count);
        }
    }

    /** A write failed: some of it may be stored. */
    void mayHaveBeenWritten(long first, long count) {
        written.add(first, count);
    }

    /** What was stored here is about to go. Unreadable sectors stay so until they are written. */
    void wasDeallocated(long first, long count) {
        written.remove(first, count);
    }

    /** Reads of these end with an error until they are written. */
    void wasMadeUnreadable(long first, long count) {
        unreadable.add(first, count);
    }

    /** These can be read again, though nothing was stored. */
    void wasMadeReadable(long first, long count) {
        if (!unreadable.isEmpty()) {
            unreadable.remove(first, count);
        }
    }

    boolean isReadable(long first, long count) {
        return unreadable.isEmpty() || unreadable.firstOf(first, count) == SectorSet.NONE;
    }

    boolean isWritten(long first, long count) {
        return written.containsAll(first, count);
    }

    long writtenSectors() {
        return written.count();
    }

    /** The first sector from here that may hold anything but zeros, or {@code end}. */
    long skipUntouched(long first, long end) {
        return written.skipUntouched(first, end);
    }

    /** As after a format. */
    void forget() {
        written.remove(0, sectors);
        unreadable.remove(0, sectors);
    }
}
