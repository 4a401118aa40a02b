package io.doorbell.controller.data;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Where the data of one command lies in guest memory, resolved from its PRP entries (Base §4.1.1)
 * or its SGL (Base §4.1.2).
 *
 * <pre>
 *  transfer   |      run 0      |   run 1   |  run 2 (bit bucket)  |
 *  memory      addresses[0]..    addresses[1]..   nowhere
 *  ends                        ^            ^                      ^ lengthBytes
 * </pre>
 *
 * A run is what lies in guest memory without a gap. Resolving allocates only when a command has
 * more runs than any before it on this object.
 */
public final class DataPointer {
    /** In place of an address: what belongs here is thrown away. */
    static final long NOWHERE = -1;

    private @Nullable GuestMemory memory;
    private long[] addresses = new long[2];
    private long[] ends = new long[2]; // of each run, in bytes from the start of the transfer
    private int runs;
    private int current; // the run that was used last
    private long lengthBytes;

    /**
     * Resolves the PRP entries of a transfer.
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
        begin(guestMemory, transferBytes);
        return PrpWalk.resolve(this, guestMemory, entry, hostPageBytes, scratch);
    }

    /**
     * Resolves the SGL of a transfer.
     *
     * @param transferBytes bytes to move, at least 1
     * @param toHost whether the host is to receive them, so that bit buckets have a meaning
     * @param scratch private memory for some descriptors
     * @return {@link Status#SUCCESS}, what is wrong with the SGL, or Data Transfer Error for a
     *     segment that cannot be read
     */
    public int resolveSgl(
            GuestMemory guestMemory,
            SubmissionEntry entry,
            long transferBytes,
            boolean toHost,
            MemorySegment scratch) {
        begin(guestMemory, transferBytes);
        return new SglWalk(this, guestMemory, toHost, scratch).resolve(entry);
    }

    private void begin(GuestMemory guestMemory, long transferBytes) {
        memory = guestMemory;
        lengthBytes = transferBytes;
        runs = 0;
        current = 0;
    }

    /** Adds what follows of the transfer; what it does not need of it is left out. */
    void append(long address, long bytes) {
        long start = resolvedBytes();
        long used = Math.min(bytes, lengthBytes - start);
        if (used == 0) {
            return;
        }
        if (runs > 0 && follows(address, start)) {
            ends[runs - 1] += used;
            return;
        }
        if (runs == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * runs);
            ends = Arrays.copyOf(ends, 2 * runs);
        }
        addresses[runs] = address;
        ends[runs++] = start + used;
    }

    private boolean follows(long address, long start) {
        long last = addresses[runs - 1];
        return (last == NOWHERE || address == NOWHERE)
                ? last == address
                : last + (start - startOf(runs - 1)) == address;
    }

    /** Bytes of the transfer that have a place by now. */
    long resolvedBytes() {
        return startOf(runs);
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
            int run = runAt(offset);
            long piece = Math.min(bytes - done, ends[run] - offset);
            if (addresses[run] != NOWHERE) {
                status =
                        memory().write(
                                        addresses[run] + offset - startOf(run),
                                        source,
                                        sourceOffsetBytes + done,
                                        piece);
            }
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
            int run = runAt(offset);
            long piece = Math.min(bytes - done, ends[run] - offset);
            status =
                    memory().read(
                                    addresses[run] + offset - startOf(run),
                                    target,
                                    targetOffsetBytes + done,
                                    piece);
            done += piece;
        }
        return status;
    }

    /** Whether every byte of the transfer can be loaded, or with {@code forStore} stored. */
    public DmaStatus check(boolean forStore) {
        DmaStatus status = DmaStatus.OK;
        for (int run = 0; run < runs && status.isOk(); run++) {
            if (addresses[run] != NOWHERE) {
                status = memory().check(addresses[run], ends[run] - startOf(run), forStore);
            }
        }
        return status;
    }

    /** The run of an offset. Transfers are used from front to back, so it is mostly the same. */
    private int runAt(long transferOffsetBytes) {
        if (transferOffsetBytes < startOf(current)) {
            current = 0;
        }
        while (ends[current] <= transferOffsetBytes) {
            current++;
        }
        return current;
    }

    private long startOf(int run) {
        return run == 0 ? 0 : ends[run - 1];
    }

    private GuestMemory memory() {
        if (memory == null) {
            throw new IllegalStateException("The data pointer was not resolved.");
        }
        return memory;
    }
}
