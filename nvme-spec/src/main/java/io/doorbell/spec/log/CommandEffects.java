package io.doorbell.spec.log;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A window on log page 05h, Commands Supported and Effects (Base 2.0 §5.16.1.6). */
public final class CommandEffects {
    public static final int SIZE_BYTES = 4096;

    public static final int ADMIN_OFFSET_BYTES = 0;
    public static final int ADMIN_COUNT = 256;
    public static final int IO_OFFSET_BYTES = 1024;
    public static final int IO_COUNT = 256;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public CommandEffects wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public CommandEffects clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** The dword of admin opcode {@code index}; see {@link CommandEffect}. */
    public int admin(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes + ADMIN_OFFSET_BYTES + 4L * Objects.checkIndex(index, ADMIN_COUNT));
    }

    /** Sets ADMIN number {@code index}, from 0 to 255. */
    public CommandEffects admin(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes + ADMIN_OFFSET_BYTES + 4L * Objects.checkIndex(index, ADMIN_COUNT),
                value);
        return this;
    }

    /** The dword of I/O opcode {@code index}; see {@link CommandEffect}. */
    public int io(int index) {
        return LittleEndian.u32(
                memory, offsetBytes + IO_OFFSET_BYTES + 4L * Objects.checkIndex(index, IO_COUNT));
    }

    /** Sets IO number {@code index}, from 0 to 255. */
    public CommandEffects io(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes + IO_OFFSET_BYTES + 4L * Objects.checkIndex(index, IO_COUNT),
                value);
        return this;
    }
}
