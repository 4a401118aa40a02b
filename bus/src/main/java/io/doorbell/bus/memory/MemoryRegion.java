package io.doorbell.bus.memory;

import java.lang.foreign.MemorySegment;

/**
 * A range of guest physical addresses with memory behind it.
 *
 * @param startAddress first guest physical address, a multiple of 8
 * @param memory native memory of the region's size, at least one byte, aligned to 8, that every
 *     thread may use: what lies behind the addresses
 * @param writable whether a device or a host may store into it
 */
public record MemoryRegion(long startAddress, MemorySegment memory, boolean writable) {
    public MemoryRegion {
        if (!memory.isNative()) {
            throw new IllegalArgumentException(
                    "Region at "
                            + Long.toHexString(startAddress)
                            + "h is heap memory. Allocate it from an Arena: heap and native memory"
                            + " in one program make every access ten times slower.");
        }
        if (startAddress < 0 || memory.byteSize() == 0 || startAddress + memory.byteSize() < 0) {
            throw new IllegalArgumentException(
                    "Region at %xh, %,d bytes: it must have a byte, and end below 2^63."
                            .formatted(startAddress, memory.byteSize()));
        }
        if (((startAddress | memory.address()) & MemoryWindow.ALIGNMENT_MASK) != 0) {
            throw new IllegalArgumentException(
                    "Region at %xh with memory at %xh: both must be multiples of 8, or qwords of"
                                    .formatted(startAddress, memory.address())
                            + " the guest could not be accessed as such.");
        }
        if (writable && memory.isReadOnly()) {
            throw new IllegalArgumentException(
                    "Region at %xh is writable, its memory is not. Pass false, or the segment"
                                    .formatted(startAddress)
                            + " before asReadOnly().");
        }
    }

    /** Size of the region. */
    public long sizeBytes() {
        return memory.byteSize();
    }

    /** The address after the last one. */
    public long endAddress() {
        return startAddress + memory.byteSize();
    }

    boolean contains(long address) {
        return address >= startAddress && address < endAddress();
    }
}
