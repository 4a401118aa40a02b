package io.doorbell.cli.trace;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The whole lines of a trace, compressed or not. What was written last may be torn: a line without
 * its end, or compressed data that just stops, is where the trace ends.
 */
final class TraceLines implements AutoCloseable {
    /** Longest line that is read: more than any access of a controller brings. */
    static final int LINE_BYTES_MAX = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC = 0x1F8B;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int number;
    private boolean torn;
    private boolean ended;

    /** Reads from {@code file}, and closes it in the end, also if this fails. */
    TraceLines(InputStream file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(file, BUFFER_BYTES);
        try {
            in = isCompressed(bytes) ? uncompressed(bytes) : bytes;
        } catch (IOException failed) {
            bytes.close();
            throw failed;
        }
    }

    private static boolean isCompressed(InputStream bytes) throws IOException {
        bytes.mark(Short.BYTES);
        byte[] magic = bytes.readNBytes(Short.BYTES);
        bytes.reset();
        return magic.length == Short.BYTES
                && ((magic[0] & 0xFF) << Byte.SIZE | (magic[1] & 0xFF)) == GZIP_MAGIC;
    }

    private InputStream uncompressed(InputStream bytes) throws IOException {
        try {
            return new BufferedInputStream(new GZIPInputStream(bytes, BUFFER_BYTES), BUFFER_BYTES);
        } catch (EOFException tornHead) {
            torn = true;
            return bytes;
        }
    }

    /**
     * The next whole line, without its end; null at the end of the trace.
     *
     * @throws TraceException if compressed data is broken, or a line does not end
     */
    @Nullable String next() throws IOException, TraceException {
        line.reset();
        while (!ended) {
            int each = read();
            if (each < 0) {
                ended = true;
                torn |= line.size() > 0;
            } else if (each == '\n') {
                number++;
                return line.toString(StandardCharsets.ISO_8859_1);
            } else if (line.size() == LINE_BYTES_MAX) {
                throw new TraceException(
                        number + 1, "This line has more than %,d bytes.".formatted(LINE_BYTES_MAX));
            } else {
                line.write(each);
            }
        }
        return null;
    }

    private int read() throws IOException, TraceException {
        try {
            return torn ? -1 : in.read();
        } catch (EOFException cut) {
            torn = true;
            return -1;
        } catch (ZipException broken) {
            throw new TraceException(
                    number + 1, // or a buffer later: what is whole of it is not given out
                    "Here or soon after, the compressed data is broken: " + why(broken) + ".");
        }
    }

    private static String why(ZipException broken) {
        String message = broken.getMessage();
        return message == null ? "the data is broken" : message;
    }

    /** Number of the line that {@link #next} gave last, counted from one. */
    int number() {
        return number;
    }

    /** Whether the end is torn; known at the end. */
    boolean isTorn() {
        return torn;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
