package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A window on a Controller List: a count and that many ascending CNTLIDs (Base 2.0 §4.4). */
public final class ControllerList {
    public static final int SIZE_BYTES = 4096;

    public static final int COUNT_OFFSET_BYTES = 0;
    public static final int CNTLID_OFFSET_BYTES = 2;
    public static final int CNTLID_COUNT = 2047;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public ControllerList wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public ControllerList clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** How many identifiers follow, at most 2,047. */
    public int count() {
        return LittleEndian.u16(memory, offsetBytes + COUNT_OFFSET_BYTES);
    }

    /** Sets COUNT. */
    public ControllerList count(int count) {
        LittleEndian.u16(memory, offsetBytes + COUNT_OFFSET_BYTES, count);
        return this;
    }

    /** The CNTLID at {@code index}, 0 to 2,046. */
    public int controllerId(int index) {
        return LittleEndian.u16(
                memory,
                offsetBytes + CNTLID_OFFSET_BYTES + 2L * Objects.checkIndex(index, CNTLID_COUNT));
    }

    /** Sets CNTLID number {@code index}, from 0 to 2046. */
    public ControllerList controllerId(int index, int value) {
        LittleEndian.u16(
                memory,
                offsetBytes + CNTLID_OFFSET_BYTES + 2L * Objects.checkIndex(index, CNTLID_COUNT),
                value);
        return this;
    }
}
