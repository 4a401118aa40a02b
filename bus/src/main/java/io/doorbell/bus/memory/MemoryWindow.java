package io.doorbell.bus.memory;

import java.lang.foreign.MemorySegment;

/**
 * A contiguous range of guest memory, looked up once and then accessed by offset.
 *
 * <p>Values are little-endian. Offsets of {@code int} and {@code long} accesses are multiples of 4
 * and 8; the window itself starts at a multiple of 8. An offset outside the window is a mistake of
 * ours and throws {@link IndexOutOfBoundsException}. A store to a region that may only be read is
 * lost. Where accesses can fail on their way, one that does throws {@link Unanswered}.
 */
public abstract class MemoryWindow {
    /** Nobody answers where memory was: whoever lives on this window cannot go on. */
    public static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1;

        /**
         * @param address in guest memory
         */
        public Unanswered(long address) {
            super("Nobody answers at %Xh.".formatted(address));
        }
    }

    /** Bits that are 0 in the address of every window. */
    static final long ALIGNMENT_MASK = Long.BYTES - 1;

    /**
     * A window on mapped memory.
     *
     * @param memory native, starting at a multiple of 8
     * @param writable false if stores are to be lost
     */
    public static MemoryWindow on(MemorySegment memory, boolean writable) {
        MappedWindow window = new MappedWindow(memory);
        return writable ? window : new ReadOnlyWindow(window);
    }

    /** Size of the window. */
    public abstract long sizeBytes();

    public abstract int getInt(long offsetBytes);

    public abstract long getLong(long offsetBytes);

    /** No later access of this owner is seen before this load. */
    public abstract int getIntAcquire(long offsetBytes);

    /** No later access of this owner is seen before this load. */
    public abstract long getLongAcquire(long offsetBytes);

    public abstract void setInt(long offsetBytes, int value);

    public abstract void setLong(long offsetBytes, long value);

    /** Every earlier access of this owner is seen before this store. */
    public abstract void setIntRelease(long offsetBytes, int value);

    /** Every earlier access of this owner is seen before this store. */
    public abstract void setLongRelease(long offsetBytes, long value);

    /**
     * Stores {@code value} if the word is as {@code expected}, in one step that no store of the
     * host can come between; false if it is not.
     */
    public abstract boolean compareAndSetInt(long offsetBytes, int expected, int value);

    /** Copies out of the window; plain loads. */
    public abstract void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long sizeBytes);

    /** Copies into the window; plain stores. */
    public abstract void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long sizeBytes);

    /** Stores zeros; plain stores. */
    public abstract void zero(long offsetBytes, long sizeBytes);
}
