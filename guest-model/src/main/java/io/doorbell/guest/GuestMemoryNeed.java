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
        HostPolicies.Queueing queueing = HostPolicies.LINUX.queueing();
        return bytes(queuePairs, queueEntries, transferBytesMax, sharedBuffer, queueing);
    }

    /** The same for queues that are not as Linux has them. */
    public static long bytes(
            int queuePairs,
            int queueEntries,
            long transferBytesMax,
            boolean sharedBuffer,
            HostPolicies.Queueing queueing) {
        long submissions = pages((long) queueEntries * SubmissionEntry.SIZE_BYTES);
        int completionEntries = queueing.completionEntries(queueEntries);
        int commands = queueing.commands(queueEntries);
        long pair =
                queueing.submissionQueuesEach() * submissions
                        + pages((long) completionEntries * CompletionEntry.SIZE_BYTES)
                        + DataBuffers.neededBytes(
                                transferBytesMax, commands, sharedBuffer, queueing.buffers());
        long admin = (long) queueing.adminEntries() * SubmissionEntry.SIZE_BYTES;
        return ADMIN_BYTES + 2 * pages(admin) + queuePairs * pair;
    }

    private static long pages(long bytes) {
        long page = PageAllocator.PAGE_BYTES;
        return (bytes + page - 1) / page * page;
    }
}
