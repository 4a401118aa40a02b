package io.doorbell.spec;

/** What no controller may exceed, because a field or a clause ends there. */
public final class Limits {
    /** Highest queue identifier (Base 2.0 §3.3). */
    public static final int QUEUE_ID_MAX = 0xFFFF;

    /** Smallest queue; one slot always stays empty (Base 2.0 §3.3.1.2). */
    public static final int QUEUE_ENTRIES_MIN = 2;

    /** Largest I/O queue (Base 2.0 §3.1.3.1). */
    public static final int IO_QUEUE_ENTRIES_MAX = 65_536;

    /** Largest admin queue (Base 2.0 §3.1.3.8). */
    public static final int ADMIN_QUEUE_ENTRIES_MAX = AdminQueueAttributes.ENTRIES_MAX;

    /** Most logical blocks of one command (NVM 1.0 §3.2). */
    public static final int BLOCKS_PER_COMMAND_MAX = 65_536;

    /** Most ranges of Dataset Management and Copy (NVM 1.0 §3.2.2, §3.2.3). */
    public static final int RANGES_PER_COMMAND_MAX = 256;

    /** Most interrupt vectors: MSI-X (PCIe 1.0 §3.5). */
    public static final int INTERRUPT_VECTORS_MAX = 2048;

    /** Smallest memory page (Base 2.0 §3.1.3.5). */
    public static final int PAGE_SIZE_BYTES_MIN = 4096;

    /** Largest memory page (Base 2.0 §3.1.3.5). */
    public static final int PAGE_SIZE_BYTES_MAX = 1 << 27;

    /** Largest CAP.DSTRD (Base 2.0 §3.1.3.1). */
    public static final int DOORBELL_STRIDE_MAX = 15;

    /** Highest CNTLID (Base 2.0 §4.4). */
    public static final int CONTROLLER_ID_MAX = 0xFFEF;

    /** Characters of an NVMe qualified name (Base 2.0 §4.5). */
    public static final int QUALIFIED_NAME_CHARACTERS_MAX = 223;

    private Limits() {}
}
