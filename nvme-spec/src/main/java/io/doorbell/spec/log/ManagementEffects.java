package io.doorbell.spec.log;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on log page 13h, NVMe-MI Commands Supported and Effects (Base 2.0 §5.16.1). Bytes from
 * 1,024 on are reserved.
 */
public final class ManagementEffects {
    public static final int SIZE_BYTES = 4096;

    public static final int COMMAND_OFFSET_BYTES = 0;
    public static final int COMMAND_COUNT = 256;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public ManagementEffects wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public ManagementEffects clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** The dword of NVMe-MI opcode {@code index}; see {@link FeatureEffect}. */
    public int command(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes + COMMAND_OFFSET_BYTES + 4L * Objects.checkIndex(index, COMMAND_COUNT));
    }

    /** Sets COMMAND number {@code index}, from 0 to 255. */
    public ManagementEffects command(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes + COMMAND_OFFSET_BYTES + 4L * Objects.checkIndex(index, COMMAND_COUNT),
                value);
        return this;
    }
}
