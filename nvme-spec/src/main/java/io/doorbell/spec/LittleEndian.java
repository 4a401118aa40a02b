package io.doorbell.spec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Plain little-endian access to memory at any alignment. Nothing here orders one access against
 * another; the owner of the memory does that.
 *
 * <p>Values narrower than 32 bits come back unsigned in an int. Setters keep the low bits of a
 * value that is too wide. An offset outside the memory throws {@link IndexOutOfBoundsException}.
 */
public final class LittleEndian {
    private static final ValueLayout.OfShort U16 = JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private LittleEndian() {}

    /** One byte: 0 to 255. */
    public static int u8(MemorySegment memory, long offsetBytes) {
        return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offsetBytes));
    }

    /** Two bytes: 0 to 65,535. */
    public static int u16(MemorySegment memory, long offsetBytes) {
        return Short.toUnsignedInt(memory.get(U16, offsetBytes));
    }

    /** Four bytes, as an int whose sign bit is bit 31. */
    public static int u32(MemorySegment memory, long offsetBytes) {
        return memory.get(U32, offsetBytes);
    }

    /** Eight bytes, as a long whose sign bit is bit 63. */
    public static long u64(MemorySegment memory, long offsetBytes) {
        return memory.get(U64, offsetBytes);
    }

    /** Stores the low 8 bits of {@code value}. */
    public static void u8(MemorySegment memory, long offsetBytes, int value) {
        memory.set(JAVA_BYTE, offsetBytes, (byte) value);
    }

    /** Stores the low 16 bits of {@code value}. */
    public static void u16(MemorySegment memory, long offsetBytes, int value) {
        memory.set(U16, offsetBytes, (short) value);
    }

    /** Stores four bytes. */
    public static void u32(MemorySegment memory, long offsetBytes, int value) {
        memory.set(U32, offsetBytes, value);
    }

    /** Stores eight bytes. */
    public static void u64(MemorySegment memory, long offsetBytes, long value) {
        memory.set(U64, offsetBytes, value);
    }
}
