package io.doorbell.cli.machine;

import io.doorbell.controller.ControllerSettings;
import io.doorbell.guest.GuestMemoryNeed;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.PageAllocator;
import io.doorbell.reactor.Reactors;

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

    /** Memory of the host: what was asked for, or what its queues and buffers take. */
    long memoryBytes() {
        return guestMemoryBytes != 0 ? guestMemoryBytes : neededBytes();
    }

    /** Memory that the host's queues and buffers take; page 0 stays unused. */
    public long neededBytes() {
        return PageAllocator.PAGE_BYTES
                + GuestMemoryNeed.bytes(queuePairs, queueEntries, transferBytesMax, !dataLookedAt);
    }
}
