package io.doorbell.spec;

/**
 * Arithmetic of PRP entries and lists (Base 2.0 §4.1.1). A page is CC.MPS, a power of two of at
 * least 4,096 bytes; addresses are those of the guest.
 *
 * <p>PRP1 addresses the first part of a transfer, up to the end of its page. What remains takes one
 * entry for each page: PRP2 itself if one is enough, else a list at PRP2. A list page that cannot
 * hold all that is left ends in a pointer to the next list page.
 */
public final class PhysicalRegionPages {
    public static final int ENTRY_SIZE_BYTES = 8;

    private PhysicalRegionPages() {}

    /** Where in its page an address lies. */
    public static int pageOffset(long address, int pageSizeBytes) {
        return (int) address & (pageSizeBytes - 1);
    }

    /** Whether an address is a start of a page, as every PRP entry but the first must be. */
    public static boolean isPageAligned(long address, int pageSizeBytes) {
        return pageOffset(address, pageSizeBytes) == 0;
    }

    /** Bytes of a transfer that PRP1 addresses. */
    public static int firstLengthBytes(long prp1, long lengthBytes, int pageSizeBytes) {
        return (int) Math.min(lengthBytes, pageSizeBytes - pageOffset(prp1, pageSizeBytes));
    }

    /**
     * PRP entries a transfer needs after PRP1, without chain pointers: 0 PRP2 is not used, 1 it is
     * the entry, more it is the address of a list of as many entries.
     */
    public static long entriesAfterFirst(long prp1, long lengthBytes, int pageSizeBytes) {
        long rest = lengthBytes - firstLengthBytes(prp1, lengthBytes, pageSizeBytes);
        return (rest + pageSizeBytes - 1) / pageSizeBytes;
    }

    /** Whether PRP2 is the address of a list. */
    public static boolean needsList(long prp1, long lengthBytes, int pageSizeBytes) {
        return entriesAfterFirst(prp1, lengthBytes, pageSizeBytes) > 1;
    }

    /** Slots of a list page that starts at the beginning of a page. */
    public static int entriesPerListPage(int pageSizeBytes) {
        return pageSizeBytes / ENTRY_SIZE_BYTES;
    }

    /** Slots from a list address to the end of its page. The first list page may start late. */
    public static int entriesInListPage(long listAddress, int pageSizeBytes) {
        return (pageSizeBytes - pageOffset(listAddress, pageSizeBytes)) / ENTRY_SIZE_BYTES;
    }

    /**
     * Pages a list occupies.
     *
     * @param firstPageSlots slots of its first page, from {@link #entriesInListPage}
     * @param entryCount entries it has, without chain pointers; at least 1
     */
    public static long listPages(int firstPageSlots, long entryCount, int pageSizeBytes) {
        if (entryCount <= firstPageSlots) {
            return 1;
        }
        long chained = entryCount - (firstPageSlots - 1);
        int slots = entriesPerListPage(pageSizeBytes);
        // Every later page but the last gives one slot away to a chain pointer.
        return 1 + (chained - 1 + slots - 2) / (slots - 1);
    }

    /** Pages a queue of {@code entryCount} entries fills, one list entry each. */
    public static long queuePages(int entryCount, int entrySizeBytes, int pageSizeBytes) {
        return ((long) entryCount * entrySizeBytes + pageSizeBytes - 1) / pageSizeBytes;
    }
}
