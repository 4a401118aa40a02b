package io.doorbell.guest.workload;

import org.jspecify.annotations.Nullable;

/**
 * One I/O the host wants done. Mutable and reused: the driver makes one per command slot, {@link
 * IoSource#next} fills it, and it must stay untouched until {@link IoSource#completed}.
 */
public final class IoRequest {
    private Operation operation = Operation.FLUSH;
    private long startLba;
    private long blockCount;
    private long submittedNanos;
    private long version; // the source's: what a write stamps into its blocks
    private int slot; // the source's: where it remembers this request
    private @Nullable IoSource origin; // a combination's: which of its sources this came from
    private int originIndex; // the source's: which entry of its program this came from

    /** What to do. */
    public Operation operation() {
        return operation;
    }

    /** First block; 0 for a Flush. */
    public long startLba() {
        return startLba;
    }

    /**
     * Blocks, counted from one; 0 for a Flush. Data transfers fit the namespace's transfer limit; a
     * Deallocate has up to 2^32 - 1 blocks, which is why this is no {@code int}.
     */
    public long blockCount() {
        return blockCount;
    }

    /**
     * When the driver rang for it, on the driver's own time line. The source does not look at it.
     */
    public long submittedNanos() {
        return submittedNanos;
    }

    /** Notes when the driver rang for it. */
    public void submittedNanos(long nanos) {
        submittedNanos = nanos;
    }

    void fill(Operation newOperation, long newStartLba, long newBlockCount) {
        operation = newOperation;
        startLba = newStartLba;
        blockCount = newBlockCount;
    }

    long version() {
        return version;
    }

    void version(long newVersion) {
        version = newVersion;
    }

    @Nullable IoSource origin() {
        return origin;
    }

    void origin(IoSource source) {
        origin = source;
    }

    int slot() {
        return slot;
    }

    void slot(int newSlot) {
        slot = newSlot;
    }

    int originIndex() {
        return originIndex;
    }

    void originIndex(int index) {
        originIndex = index;
    }

    @Override
    public String toString() {
        return operation == Operation.FLUSH
                ? "FLUSH"
                : operation + " of " + blockCount + " blocks from LBA " + startLba;
    }
}
