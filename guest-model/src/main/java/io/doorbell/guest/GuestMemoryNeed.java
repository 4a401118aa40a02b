package io.doorbell.guest;

import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.SubmissionEntry;

/** How much memory a host takes for its queues and buffers. */
public final class GuestMemoryNeed {
    private static final long ADMIN_BYTES = 64L * PageAllocator.PAGE_BYTES; // queues, a page, room

    private GuestMemoryNeed() {}

    /**
     * Bytes that a {@link PageAllocator} must have for a host to boot, a multiple of the page.
     *
     * @param queuePairs I/O queue pairs
     * @param queueEntries slots of each queue
     * @param transferBytesMax largest transfer of a command
     * @param sharedBuffer whether all commands of a queue use one buffer
     */
    public static long bytes(
            int queuePairs, int queueEntries, long transferBytesMax, boolean sharedBuffer) {
        long pair =
                pages((long) queueEntries * SubmissionEntry.SIZE_BYTES)
                        + pages((long) queueEntries * CompletionEntry.SIZE_BYTES)
                        + DataBuffers.neededBytes(transferBytesMax, queueEntries - 1, sharedBuffer);
        return ADMIN_BYTES + queuePairs * pair;
    }

    private static long pages(long bytes) {
        long page = PageAllocator.PAGE_BYTES;
        return (bytes + page - 1) / page * page;
    }
}
