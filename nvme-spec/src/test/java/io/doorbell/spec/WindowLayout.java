package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Checks that a window over memory has each field in the bytes it should be in: a write of all ones
 * fills these bytes and no other, and a read of a raw pattern gives their little-endian value.
 *
 * @param <V> the window
 */
public final class WindowLayout<V> {
    /** Moves a window, as every {@code wrap} does. */
    public interface Wrap<V> {
        V wrap(MemorySegment memory, long offsetBytes);
    }

    /** Windows are checked away from the start of memory, at an odd address. */
    private static final int START_BYTES = 13;

    private final int sizeBytes;
    private final byte[] bytes;
    private final V view;
    private final Set<Integer> checkedOffsets = new TreeSet<>();

    private WindowLayout(int sizeBytes, Wrap<V> wrap) {
        this.sizeBytes = sizeBytes;
        this.bytes = new byte[START_BYTES + sizeBytes + START_BYTES];
        this.view = wrap.wrap(MemorySegment.ofArray(bytes), START_BYTES);
    }

    /** A checker of a structure of {@code sizeBytes}. */
    public static <V> WindowLayout<V> of(int sizeBytes, Wrap<V> wrap) {
        return new WindowLayout<>(sizeBytes, wrap);
    }

    /** Checks a field of 1 to 4 bytes, written {@code last:first} as the specification does. */
    public WindowLayout<V> field(
            String name, int lastByte, int firstByte, ToIntFunction<V> get, ObjIntConsumer<V> set) {
        int mask = (int) (-1L >>> (64 - 8 * (lastByte - firstByte + 1)));
        return check(
                name,
                lastByte,
                firstByte,
                v -> Integer.toUnsignedLong(get.applyAsInt(v)),
                v -> set.accept(v, mask));
    }

    /** Checks a field of 8 bytes. */
    public WindowLayout<V> qword(
            String name, int firstByte, ToLongFunction<V> get, ObjLongConsumer<V> set) {
        return check(name, firstByte + 7, firstByte, get, v -> set.accept(v, -1L));
    }

    /** Checks a big-endian field of 8 bytes. */
    public WindowLayout<V> bigEndianQword(
            String name, int firstByte, ToLongFunction<V> get, ObjLongConsumer<V> set) {
        ToLongFunction<V> swapped = v -> Long.reverseBytes(get.applyAsLong(v));
        return check(name, firstByte + 7, firstByte, swapped, v -> set.accept(v, -1L));
    }

    /** Notes a field that the test checks in another way. */
    public WindowLayout<V> elsewhere(int firstByte) {
        checkedOffsets.add(firstByte);
        return this;
    }

    /** Checks that no {@code _OFFSET_BYTES} constant of {@code window} was left out. */
    public void hasNoOtherField(Class<V> window) {
        Set<Integer> declared = new TreeSet<>();
        Arrays.stream(window.getFields())
                .filter(field -> field.getName().endsWith("_OFFSET_BYTES"))
                .forEach(field -> declared.add(constant(field)));
        assertThat(checkedOffsets).as("offsets checked of %s", window).containsAll(declared);
    }

    private WindowLayout<V> check(
            String name, int lastByte, int firstByte, ToLongFunction<V> get, Write<V> writeOnes) {
        checkedOffsets.add(firstByte);
        Arrays.fill(bytes, (byte) 0);
        writeOnes.to(view);
        for (int i = -START_BYTES; i < sizeBytes + START_BYTES; i++) {
            assertThat(bytes[START_BYTES + i])
                    .as("byte %d after all ones were written to %s", i, name)
                    .isEqualTo((byte) (i >= firstByte && i <= lastByte ? 0xFF : 0));
        }
        assertThat(get.applyAsLong(view))
                .as("%s read back after all ones", name)
                .isEqualTo(-1L >>> (64 - 8 * (lastByte - firstByte + 1)));
        fillWithPattern();
        assertThat(get.applyAsLong(view))
                .as("%s of a raw pattern", name)
                .isEqualTo(littleEndian(lastByte, firstByte));
        return this;
    }

    /** Every byte differs from its neighbours, so a field that is off by one is seen. */
    private void fillWithPattern() {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37 + 11);
        }
    }

    private long littleEndian(int lastByte, int firstByte) {
        long value = 0;
        for (int i = lastByte; i >= firstByte; i--) {
            value = value << 8 | Byte.toUnsignedLong(bytes[START_BYTES + i]);
        }
        return value;
    }

    private static int constant(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " must be a public constant", e);
        }
    }

    /** Fresh zeroed memory for tests that write by hand. */
    public static MemorySegment memory(int sizeBytes) {
        return MemorySegment.ofArray(new byte[sizeBytes]);
    }

    /** The raw bytes of {@code memory}, in hexadecimal, from {@code offset}. */
    public static String hex(MemorySegment memory, long offset, int sizeBytes) {
        byte[] raw = memory.asSlice(offset, sizeBytes).toArray(ValueLayout.JAVA_BYTE);
        return HexFormat.of().formatHex(raw);
    }

    private interface Write<V> {
        void to(V view);
    }
}
