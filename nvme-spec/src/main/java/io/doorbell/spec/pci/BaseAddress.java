package io.doorbell.spec.pci;

import io.doorbell.spec.Doorbells;

/**
 * Base address registers of an NVMe function, and how large BAR0 must be (PCIe 1.0 §3.8, §3.1.2).
 *
 * <p>BAR0 and BAR1 hold one 64-bit address of non-prefetchable memory. A host sizes the pair by
 * writing all ones and reading back {@link #sizingValue}.
 */
public final class BaseAddress {
    /** Low 4 bits: 64-bit, memory, non-prefetchable. */
    public static final int MEMORY_64_BIT = 0b0100;

    /** Low bits of a memory base address register that are no address. */
    public static final int ATTRIBUTES_MASK = 0xF;

    /** Address bits 13:4 of BAR0 read 0, so it is at least this large. */
    public static final long BAR0_SIZE_BYTES_MIN = 16 * 1024;

    /** MSI-X table and pending bits keep to pages of their own of this size. */
    public static final long MSIX_ALIGNMENT_BYTES = 4096;

    private BaseAddress() {}

    /** What a 64-bit pair holds for an address: the address and the attributes. */
    public static long value(long address) {
        return (address & ~ATTRIBUTES_MASK) | MEMORY_64_BIT;
    }

    /** The address that a 64-bit pair holds. */
    public static long address(long value) {
        return value & ~ATTRIBUTES_MASK;
    }

    /** What a 64-bit pair reads after all ones were written; the size is a power of two. */
    public static long sizingValue(long sizeBytes) {
        return -sizeBytes | MEMORY_64_BIT;
    }

    /** Size of BAR0 with doorbells for queues 0 to {@code maxQueueId} and MSI-X elsewhere. */
    public static long bar0SizeBytes(int maxQueueId, int dstrd) {
        return roundedToPowerOfTwo(Doorbells.bytesNeeded(maxQueueId, dstrd));
    }

    /**
     * Size of BAR0 with doorbells for queues 0 to {@code maxQueueId}, then the MSI-X table, then
     * the pending bits.
     */
    public static long bar0SizeBytes(int maxQueueId, int dstrd, int vectorCount) {
        long pendingBitsOffset = msixPendingBitsOffsetBytes(maxQueueId, dstrd, vectorCount);
        long end = pendingBitsOffset + MsixPendingBits.sizeBytes(vectorCount);
        return roundedToPowerOfTwo(pageAligned(end));
    }

    /** Where in BAR0 an MSI-X table after the doorbells starts. */
    public static long msixTableOffsetBytes(int maxQueueId, int dstrd) {
        return pageAligned(Doorbells.bytesNeeded(maxQueueId, dstrd));
    }

    /** Where in BAR0 pending bits after that table start. */
    public static long msixPendingBitsOffsetBytes(int maxQueueId, int dstrd, int vectorCount) {
        long tableBytes = (long) vectorCount * MsixTableEntry.SIZE_BYTES;
        return pageAligned(msixTableOffsetBytes(maxQueueId, dstrd) + tableBytes);
    }

    private static long pageAligned(long bytes) {
        return (bytes + MSIX_ALIGNMENT_BYTES - 1) & -MSIX_ALIGNMENT_BYTES;
    }

    private static long roundedToPowerOfTwo(long bytes) {
        long floor = Long.highestOneBit(bytes);
        return Math.max(BAR0_SIZE_BYTES_MIN, floor == bytes ? bytes : floor << 1);
    }
}
