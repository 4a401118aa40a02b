package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on the I/O Command Set structure, CNS 1Ch: the sets that can be used together (Base 2.0
 * §5.17.2.21).
 */
public final class CommandSetCombinations {
    public static final int SIZE_BYTES = 4096;

    /** NVM. */
    public static final long COMMAND_SET_NVM = 1;

    /** Key Value. */
    public static final long COMMAND_SET_KEY_VALUE = 1 << 1;

    /** Zoned Namespaces. */
    public static final long COMMAND_SET_ZONED = 1 << 2;

    public static final int COMBINATION_OFFSET_BYTES = 0;
    public static final int COMBINATION_COUNT = 512;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public CommandSetCombinations wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public CommandSetCombinations clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /**
     * The {@code COMMAND_SET_} bits of combination {@code index}, 0 to 511; 0 if it does not exist.
     */
    public long combination(int index) {
        return LittleEndian.u64(
                memory,
                offsetBytes
                        + COMBINATION_OFFSET_BYTES
                        + 8L * Objects.checkIndex(index, COMBINATION_COUNT));
    }

    /** Sets COMBINATION number {@code index}, from 0 to 511. */
    public CommandSetCombinations combination(int index, long value) {
        LittleEndian.u64(
                memory,
                offsetBytes
                        + COMBINATION_OFFSET_BYTES
                        + 8L * Objects.checkIndex(index, COMBINATION_COUNT),
                value);
        return this;
    }
}
