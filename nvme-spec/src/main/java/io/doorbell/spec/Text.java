package io.doorbell.spec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The ASCII strings of the specification: padded with spaces, or ended by a NUL (Base 2.0 §1.5).
 */
public final class Text {
    private Text() {}

    /** The characters of a field of {@code sizeBytes}, without trailing spaces and NULs. */
    public static String padded(MemorySegment memory, long offsetBytes, int sizeBytes) {
        int length = sizeBytes;
        while (length > 0 && isPadding(LittleEndian.u8(memory, offsetBytes + length - 1))) {
            length--;
        }
        return read(memory, offsetBytes, length);
    }

    /**
     * Fills a field of {@code sizeBytes} with {@code text} and then spaces.
     *
     * @throws IllegalArgumentException if {@code text} does not fit or is not printable ASCII
     */
    public static void padded(MemorySegment memory, long offsetBytes, int sizeBytes, String text) {
        write(memory, offsetBytes, sizeBytes, sizeBytes, text, (byte) ' ');
    }

    /** The characters of a field of {@code sizeBytes} up to its first NUL. */
    public static String terminated(MemorySegment memory, long offsetBytes, int sizeBytes) {
        int length = 0;
        while (length < sizeBytes && LittleEndian.u8(memory, offsetBytes + length) != 0) {
            length++;
        }
        return read(memory, offsetBytes, length);
    }

    /**
     * Fills a field of {@code sizeBytes} with {@code text} and then at least one NUL.
     *
     * @throws IllegalArgumentException if {@code text} does not fit or is not printable ASCII
     */
    public static void terminated(
            MemorySegment memory, long offsetBytes, int sizeBytes, String text) {
        write(memory, offsetBytes, sizeBytes, sizeBytes - 1, text, (byte) 0);
    }

    private static boolean isPadding(int character) {
        return character == ' ' || character == 0;
    }

    private static String read(MemorySegment memory, long offsetBytes, int length) {
        byte[] characters = memory.asSlice(offsetBytes, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(characters, US_ASCII);
    }

    private static void write(
            MemorySegment memory,
            long offsetBytes,
            int sizeBytes,
            int charactersMax,
            String text,
            byte padding) {
        if (text.length() > charactersMax || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "\"%s\" does not fit a field of %d printable ASCII characters; shorten it."
                            .formatted(text, charactersMax));
        }
        memory.asSlice(offsetBytes, sizeBytes).fill(padding);
        MemorySegment.copy(
                MemorySegment.ofArray(text.getBytes(US_ASCII)),
                0,
                memory,
                offsetBytes,
                text.length());
    }
}
