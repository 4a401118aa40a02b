package io.doorbell.controller.data;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where the data of one command lies in guest memory, resolved from its PRP entries (Base §4.1.1).
 *
 * <pre>
 *  transfer   |first: page end - PRP1 offset|  page  |  page  | ... |rest|
 *  addresses   PRP1                          PRP2, or the entries of the list it points to
 * </pre>
 *
 * Resolving allocates only when a command has more pages than any before it on this object.
 */
public final class DataPointer {
    private static final ValueLayout.OfLong ENTRY =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private @Nullable GuestMemory memory;
    private long[] addresses = new long[2];
    private int addressCount;
    private int pageBytes;
    private long firstBytes;
    private long lengthBytes;

    /**
     * Resolves the pages of a transfer.
     *
     * @param transferBytes bytes to move, at least 1
     * @param hostPageBytes 2^(12 + CC.MPS)
     * @param scratch private memory for one page of a PRP list
     * @return {@link Status#SUCCESS}, PRP Offset Invalid, or Data Transfer Error for a list that
     *     cannot be read
     */
    public int resolve(
            GuestMemory guestMemory,
            SubmissionEntry entry,
            long transferBytes,
            int hostPageBytes,
            MemorySegment scratch) {
        memory = guestMemory;
        pageBytes = hostPageBytes;
        lengthBytes = transferBytes;
        long prp1 = entry.prp1();
        firstBytes = Math.min(transferBytes, hostPageBytes - pageOffset(prp1));
        addressCount = 0;
        if ((prp1 & 3) != 0) {
            return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
        }
        append(prp1);
        long rest = transferBytes - firstBytes;
        if (rest == 0) {
            return Status.SUCCESS;
        }
        long prp2 = entry.prp2();
        return rest <= hostPageBytes ? appendPage(prp2) : appendList(prp2, rest, scratch);
    }

    private int appendList(long start, long restBytes, MemorySegment scratch) {
        if ((start & 7) != 0) {
            return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
        }
        long list = start;
        int needed = (int) ((restBytes + pageBytes - 1) / pageBytes);
        while (needed > 0) {
            int slots = (int) ((pageBytes - pageOffset(list)) / Long.BYTES);
            boolean chained = needed > slots;
            int read = chained ? slots : needed;
            DmaStatus dma = memory().read(list, scratch, 0, (long) read * Long.BYTES);
            if (!dma.isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            int pages = chained ? slots - 1 : needed;
            for (int slot = 0; slot < pages; slot++) {
                int status = appendPage(scratch.getAtIndex(ENTRY, slot));
                if (status != Status.SUCCESS) {
                    return status;
                }
            }
            needed -= pages;
            if (chained) {
                list = scratch.getAtIndex(ENTRY, slots - 1L);
                if (pageOffset(list) != 0) {
                    return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
                }
            }
        }
        return Status.SUCCESS;
    }

    private int appendPage(long address) {
        if (pageOffset(address) != 0) {
            return Status.doNotRetry(Status.PRP_OFFSET_INVALID);
        }
        append(address);
        return Status.SUCCESS;
    }

    private void append(long address) {
        if (addressCount == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * addressCount);
        }
        addresses[addressCount++] = address;
    }

    /** Bytes of the transfer. */
    public long lengthBytes() {
        return lengthBytes;
    }

    /** Copies private memory to the host: part of a read or of an identify page. */
    public DmaStatus toGuest(
            MemorySegment source, long sourceOffsetBytes, long transferOffsetBytes, long bytes) {
        DmaStatus status = DmaStatus.OK;
        for (long done = 0; done < bytes && status.isOk(); ) {
            long offset = transferOffsetBytes + done;
            long piece = Math.min(bytes - done, runBytes(offset));
            status = memory().write(address(offset), source, sourceOffsetBytes + done, piece);
            done += piece;
        }
        return status;
    }

    /** Copies from the host into private memory: part of a write. */
    public DmaStatus fromGuest(
            MemorySegment target, long targetOffsetBytes, long transferOffsetBytes, long bytes) {
        DmaStatus status = DmaStatus.OK;
        for (long done = 0; done < bytes && status.isOk(); ) {
            long offset = transferOffsetBytes + done;
            long piece = Math.min(bytes - done, runBytes(offset));
            status = memory().read(address(offset), target, targetOffsetBytes + done, piece);
            done += piece;
        }
        return status;
    }

    /** Whether every byte of the transfer can be loaded, or with {@code forStore} stored. */
    public DmaStatus check(boolean forStore) {
        DmaStatus status = DmaStatus.OK;
        for (long offset = 0; offset < lengthBytes && status.isOk(); ) {
            long piece = runBytes(offset);
            status = memory().check(address(offset), piece, forStore);
            offset += piece;
        }
        return status;
    }

    private long address(long transferOffsetBytes) {
        if (transferOffsetBytes < firstBytes) {
            return addresses[0] + transferOffsetBytes;
        }
        long beyond = transferOffsetBytes - firstBytes;
        return addresses[1 + (int) (beyond / pageBytes)] + beyond % pageBytes;
    }

    /** Bytes from here to the end of the last page that follows in guest memory without a gap. */
    private long runBytes(long transferOffsetBytes) {
        int page = pageIndex(transferOffsetBytes);
        while (page + 1 < addressCount && addresses[page + 1] == pageEnd(page)) {
            page++;
        }
        long runEnd = firstBytes + (long) page * pageBytes;
        return Math.min(runEnd, lengthBytes) - transferOffsetBytes;
    }

    private int pageIndex(long transferOffsetBytes) {
        return transferOffsetBytes < firstBytes
                ? 0
                : 1 + (int) ((transferOffsetBytes - firstBytes) / pageBytes);
    }

    private long pageEnd(int page) {
        return addresses[page] + (page == 0 ? firstBytes : pageBytes);
    }

    private long pageOffset(long address) {
        return address & (pageBytes - 1);
    }

    private GuestMemory memory() {
        if (memory == null) {
            throw new IllegalStateException("The data pointer was not resolved.");
        }
        return memory;
    }
}
