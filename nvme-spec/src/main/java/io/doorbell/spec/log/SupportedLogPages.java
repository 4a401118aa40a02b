package io.doorbell.spec.log;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A window on log page 00h, Supported Log Pages (Base 2.0 §5.16.1.1). */
public final class SupportedLogPages {
    public static final int SIZE_BYTES = 1024;

    public static final int LOG_PAGE_OFFSET_BYTES = 0;
    public static final int LOG_PAGE_COUNT = 256;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public SupportedLogPages wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public SupportedLogPages clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** The dword of log page {@code index}, 0 to FFh; see {@link SupportedLogPage}. */
    public int logPage(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes
                        + LOG_PAGE_OFFSET_BYTES
                        + 4L * Objects.checkIndex(index, LOG_PAGE_COUNT));
    }

    /** Sets LOG_PAGE number {@code index}, from 0 to 255. */
    public SupportedLogPages logPage(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes
                        + LOG_PAGE_OFFSET_BYTES
                        + 4L * Objects.checkIndex(index, LOG_PAGE_COUNT),
                value);
        return this;
    }
}
