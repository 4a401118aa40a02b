package io.doorbell.bus.memory;

import java.lang.foreign.MemorySegment;

/**
 * A range of guest physical addresses with memory behind it.
 *
 * @param startAddress first guest physical address, a multiple of 8
 * @param memory native memory of the region's size: what lies behind the addresses
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
        if ((startAddress & 7) != 0 || startAddress < 0 || startAddress + memory.byteSize() < 0) {
            throw new IllegalArgumentException(
                    "Region at "
                            + Long.toHexString(startAddress)
                            + "h, "
                            + memory.byteSize()
                            + " bytes: the start must be a multiple of 8, the end below 2^63.");
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
