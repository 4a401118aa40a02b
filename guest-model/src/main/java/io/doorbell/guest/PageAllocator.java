package io.doorbell.guest;

/**
 * Hands out guest physical memory, page by page, from one range. Nothing is given back: a host
 * allocates its queues and buffers once.
 */
public final class PageAllocator {
    public static final int PAGE_BYTES = 4096;

    private final long endAddress;
    private long nextAddress;

    /**
     * @param startAddress a multiple of 4,096
     * @param sizeBytes a multiple of 4,096
     */
    public PageAllocator(long startAddress, long sizeBytes) {
        nextAddress = startAddress;
        endAddress = startAddress + sizeBytes;
    }

    /**
     * Pages for {@code sizeBytes} bytes, contiguous.
     *
     * @return address of the first
     * @throws IllegalStateException if the guest has no memory left
     */
    public long allocate(long sizeBytes) {
        long pages = (sizeBytes + PAGE_BYTES - 1) / PAGE_BYTES;
        if (pages * PAGE_BYTES > endAddress - nextAddress) {
            throw new IllegalStateException(
                    "The guest is out of memory: %,d bytes wanted, %,d left. Give it more."
                            .formatted(sizeBytes, endAddress - nextAddress));
        }
        long address = nextAddress;
        nextAddress += pages * PAGE_BYTES;
        return address;
    }

    /** Bytes that are left. */
    public long freeBytes() {
        return endAddress - nextAddress;
    }
}
