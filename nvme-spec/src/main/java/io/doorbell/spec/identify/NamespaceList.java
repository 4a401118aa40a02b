package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on a Namespace List: ascending NSIDs, the rest 0. Identify CNS 02h, 07h, 10h, 1Ah and
 * log page 04h (Base 2.0 §4.4, §5.16.1.5).
 */
public final class NamespaceList {
    public static final int SIZE_BYTES = 4096;

    /** First entry of log page 04h if more namespaces changed than fit. */
    public static final int TOO_MANY_CHANGED = 0xFFFF_FFFF;

    public static final int NSID_OFFSET_BYTES = 0;
    public static final int NSID_COUNT = 1024;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public NamespaceList wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public NamespaceList clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** The NSID at {@code index}, 0 to 1,023; 0 beyond the end of the list. */
    public int namespaceId(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes + NSID_OFFSET_BYTES + 4L * Objects.checkIndex(index, NSID_COUNT));
    }

    /** Sets NSID number {@code index}, from 0 to 1023. */
    public NamespaceList namespaceId(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes + NSID_OFFSET_BYTES + 4L * Objects.checkIndex(index, NSID_COUNT),
                value);
        return this;
    }

    /** How many NSIDs stand before the first 0. */
    public int count() {
        int count = 0;
        while (count < NSID_COUNT && namespaceId(count) != 0) {
            count++;
        }
        return count;
    }
}
