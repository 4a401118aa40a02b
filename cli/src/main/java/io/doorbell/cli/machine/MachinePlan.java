package io.doorbell.cli.machine;

import io.doorbell.controller.ControllerSettings;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.PageAllocator;
import io.doorbell.reactor.Reactors;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.SubmissionEntry;

import java.time.Duration;

/**
 * What to put together.
 *
 * @param blockCount of namespace 1
 * @param blockBytes 512 or 4,096
 * @param guestMemoryBytes memory of the host, a multiple of 4,096; 0: as much as it needs
 * @param queuePairs I/O queue pairs that the host creates
 * @param queueEntries slots of each queue
 * @param transferBytesMax largest transfer that the host asks for
 * @param dataLookedAt whether commands need buffers of their own
 */
public record MachinePlan(
        Reactors.Settings reactors,
        ControllerSettings controller,
        long blockCount,
        int blockBytes,
        long guestMemoryBytes,
        int queuePairs,
        int queueEntries,
        long transferBytesMax,
        boolean dataLookedAt,
        GuestSettings.Coalescing coalescing,
        Duration commandTimeout) {

    /** A host moves at most this in one command: one page of PRP entries and the first page. */
    public static final long HOST_TRANSFER_BYTES_MAX = 2 << 20;

    private static final long PAGE = PageAllocator.PAGE_BYTES;
    private static final long ADMIN_BYTES = 1 << 20; // page 0 unused, admin queues, and room

    /** Memory of the host: what was asked for, or what its queues and buffers take. */
    long memoryBytes() {
        return guestMemoryBytes != 0 ? guestMemoryBytes : neededBytes();
    }

    /** Memory that the host's queues and buffers take. */
    public long neededBytes() {
        long buffers = dataLookedAt ? queueEntries - 1 : 1;
        long lists = transferBytesMax > 2 * PAGE ? buffers * PAGE : 0;
        long pair =
                pages((long) queueEntries * SubmissionEntry.SIZE_BYTES)
                        + pages((long) queueEntries * CompletionEntry.SIZE_BYTES)
                        + buffers * pages(transferBytesMax)
                        + lists;
        return ADMIN_BYTES + queuePairs * pair;
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }
}
