package io.doorbell.controller.admin;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.PagedWindow;
import io.doorbell.spec.PhysicalRegionPages;
import io.doorbell.spec.Status;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Finds the memory of an I/O queue: in one piece, or the pages of a PRP List (Base §5.4). */
final class QueueMemory {
    /** What was found. */
    sealed interface Result {
        record Found(MemoryWindow window) implements Result {}

        /** It cannot be used; the status says why, DNR included. */
        record Refused(int status) implements Result {}
    }

    private static final ValueLayout.OfLong ENTRY =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final GuestMemory memory;
    private final int pageBytes;
    private final boolean contiguousOnly;
    private final MemorySegment listPage;

    /**
     * @param pageBytes 2^(12 + CC.MPS)
     * @param contiguousOnly CAP.CQR
     */
    QueueMemory(GuestMemory memory, int pageBytes, boolean contiguousOnly) {
        this.memory = memory;
        this.pageBytes = pageBytes;
        this.contiguousOnly = contiguousOnly;
        this.listPage = Arena.ofAuto().allocate(pageBytes, Long.BYTES);
    }

    /**
     * The window of a queue.
     *
     * @param prp1 the queue, or if not {@code contiguous} the first page of its PRP List
     * @param forStore whether the controller writes it
     */
    Result find(long prp1, boolean contiguous, long sizeBytes, boolean forStore) {
        if (!contiguous && contiguousOnly) {
            return refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        if (!PhysicalRegionPages.isPageAligned(prp1, pageBytes)) {
            return refused(Status.PRP_OFFSET_INVALID);
        }
        if (!contiguous) {
            return findPages(prp1, sizeBytes, forStore);
        }
        MemoryWindow window = window(prp1, sizeBytes, forStore);
        return window == null ? unreachable() : new Result.Found(window);
    }

    private Result findPages(long firstList, long sizeBytes, boolean forStore) {
        int pageCount = Math.toIntExact((sizeBytes + pageBytes - 1) / pageBytes);
        MemoryWindow[] pages = new MemoryWindow[pageCount];
        int slots = PhysicalRegionPages.entriesPerListPage(pageBytes);
        long list = firstList;
        for (int found = 0; found < pageCount; ) {
            boolean chained = pageCount - found > slots;
            int used = chained ? slots : pageCount - found;
            if (!memory.read(list, listPage, 0, (long) used * Long.BYTES).isOk()) {
                return unreachable();
            }
            int last = found + (chained ? slots - 1 : used);
            for (int slot = 0; found < last; slot++) {
                long address = listPage.getAtIndex(ENTRY, slot);
                if (!PhysicalRegionPages.isPageAligned(address, pageBytes)) {
                    return refused(Status.PRP_OFFSET_INVALID);
                }
                long bytes = Math.min(pageBytes, sizeBytes - (long) found * pageBytes);
                MemoryWindow page = window(address, bytes, forStore);
                if (page == null) {
                    return unreachable();
                }
                pages[found++] = page;
            }
            list = listPage.getAtIndex(ENTRY, slots - 1L);
            if (chained && !PhysicalRegionPages.isPageAligned(list, pageBytes)) {
                return refused(Status.PRP_OFFSET_INVALID);
            }
        }
        return new Result.Found(new PagedWindow(pages, pageBytes));
    }

    private @Nullable MemoryWindow window(long base, long sizeBytes, boolean forStore) {
        return memory.check(base, sizeBytes, forStore).isOk()
                ? memory.window(base, sizeBytes)
                : null;
    }

    private static Result refused(int status) {
        return new Result.Refused(Status.doNotRetry(status));
    }

    private static Result unreachable() {
        return new Result.Refused(Status.DATA_TRANSFER_ERROR);
    }
}
