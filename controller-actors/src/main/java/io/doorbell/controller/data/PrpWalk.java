package io.doorbell.controller.data;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * From PRP entries to runs of memory (Base §4.1.1).
 *
 * <pre>
 *  transfer   |first: page end - PRP1 offset|  page  |  page  | ... |rest|
 *  addresses   PRP1                          PRP2, or the entries of the list it points to
 * </pre>
 */
final class PrpWalk {
    private static final ValueLayout.OfLong ENTRY =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private PrpWalk() {}

    static int resolve(
            DataPointer data,
            GuestMemory memory,
            SubmissionEntry entry,
            int pageBytes,
            MemorySegment scratch) {
        long prp1 = entry.prp1();
        if ((prp1 & 3) != 0) {
            return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
        }
        data.append(prp1, pageBytes - offset(prp1, pageBytes));
        long rest = data.lengthBytes() - data.resolvedBytes();
        if (rest == 0) {
            return Status.SUCCESS; // PRP2 is reserved
        }
        return rest <= pageBytes
                ? appendPage(data, entry.prp2(), pageBytes)
                : appendList(data, memory, entry.prp2(), pageBytes, scratch);
    }

    private static int appendList(
            DataPointer data,
            GuestMemory memory,
            long start,
            int pageBytes,
            MemorySegment scratch) {
        if ((start & 7) != 0) {
            return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
        }
        long list = start;
        long restBytes = data.lengthBytes() - data.resolvedBytes();
        int needed = (int) ((restBytes + pageBytes - 1) / pageBytes);
        while (needed > 0) {
            int slots = (int) ((pageBytes - offset(list, pageBytes)) / Long.BYTES);
            boolean chained = needed > slots;
            int read = chained ? slots : needed; // the list may end where memory does
            if (!memory.read(list, scratch, 0, (long) read * Long.BYTES).isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            int pages = chained ? slots - 1 : needed;
            for (int slot = 0; slot < pages; slot++) {
                int status = appendPage(data, scratch.getAtIndex(ENTRY, slot), pageBytes);
                if (status != Status.SUCCESS) {
                    return status;
                }
            }
            needed -= pages;
            if (chained) {
                list = scratch.getAtIndex(ENTRY, slots - 1L);
                if (offset(list, pageBytes) != 0) {
                    return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
                }
            }
        }
        return Status.SUCCESS;
    }

    private static int appendPage(DataPointer data, long address, int pageBytes) {
        if (offset(address, pageBytes) != 0) {
            return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
        }
        data.append(address, pageBytes);
        return Status.SUCCESS;
    }

    private static long offset(long address, int pageBytes) {
        return address & (pageBytes - 1);
    }
}
