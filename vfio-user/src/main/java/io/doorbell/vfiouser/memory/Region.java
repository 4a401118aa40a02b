package io.doorbell.vfiouser.memory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A range of addresses that the client has mapped for us.
 *
 * @param startAddress a multiple of the page size
 * @param sizeBytes a multiple of the page size, at least one page, ending at 2^63 or below
 * @param memory what lies there, of that size, or null: to be reached by messages
 * @param file where {@code memory} lies, or null
 * @param fileOffset of the first byte, if there is a file
 */
record Region(
        long startAddress,
        long sizeBytes,
        boolean readable,
        boolean writable,
        @Nullable MemorySegment memory,
        @Nullable FileMapping file,
        long fileOffset) {

    long endAddress() {
        return startAddress + sizeBytes;
    }

    /** Whether what lies from an address in here up to another can be accessed in place. */
    boolean isMappedUpTo(long end, boolean forStore) {
        return memory != null && end <= endAddress() && (forStore ? writable : readable);
    }

    /** What lies there; only where {@link #isMappedUpTo}. */
    MemorySegment mapped() {
        return Objects.requireNonNull(memory);
    }

    boolean contains(long address) {
        return address >= startAddress && address < endAddress();
    }

    /** Whether {@code next} goes on where this ends, in addresses and in the file behind them. */
    boolean isContinuedBy(Region next) {
        return endAddress() == next.startAddress
                && file != null
                && file.equals(next.file)
                && fileOffset + sizeBytes == next.fileOffset
                && readable == next.readable
                && writable == next.writable;
    }
}
