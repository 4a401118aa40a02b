package io.doorbell.guest.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doorbell.guest.workload.Iolog.Entry;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Reads fio's iolog, versions 2 and 3 (fio HOWTO, "Trace file format").
 *
 * <pre>
 *  fio version 2 iolog                   fio version 3 iolog
 *  FILE add|open|close                   TIME FILE add|open|close
 *  FILE wait MICROSECONDS [0]
 *  FILE read|write|trim OFFSET LENGTH    TIME FILE read|write|trim OFFSET LENGTH
 *  FILE sync|datasync [OFFSET LENGTH]    TIME FILE sync|datasync [OFFSET LENGTH]
 * </pre>
 *
 * <p>Offsets and lengths are bytes. {@code wait} counts from the wait before it. {@code sync} and
 * {@code datasync} are a Flush, {@code trim} is a Deallocate. A timestamp before its predecessor
 * counts as equal to it. Blank lines are skipped; fio also skips lines it cannot read, which we
 * refuse.
 */
public final class IologReader {
    private static final List<String> FILE_ACTIONS = List.of("add", "open", "close");
    private static final List<String> IO_ACTIONS =
            List.of("read", "write", "sync", "datasync", "trim", "wait");

    private final String name;
    private final NamespaceGeometry geometry;
    private final TimeUnit timestampUnit;
    private final IologFiles files;
    private final List<Entry> entries = new ArrayList<>();
    private boolean hasTimestamps;
    private int line;
    private long atNanos;
    private long neededBytes;
    private int firstBeyondLine;
    private String firstBeyond = "";

    private IologReader(String name, NamespaceGeometry geometry, TimeUnit timestampUnit) {
        this.name = name;
        this.geometry = geometry;
        this.timestampUnit = timestampUnit;
        this.files = new IologFiles(name);
    }

    /**
     * Reads a file and checks that it fits the namespace.
     *
     * @param timestampUnit the unit of version 3 timestamps, which the format does not say: fio
     *     itself writes microseconds, our recordings are in milliseconds
     * @throws IologException when it is no iolog, or does not fit
     */
    public static Iolog read(Path file, NamespaceGeometry geometry, TimeUnit timestampUnit)
            throws IOException {
        // Unlike Files.newBufferedReader, this reader gets through a binary file to our own
        // message.
        try (Reader text = new InputStreamReader(Files.newInputStream(file), UTF_8)) {
            return read(String.valueOf(file.getFileName()), text, geometry, timestampUnit);
        }
    }

    /** The same from any reader; {@code name} is what messages call it. */
    public static Iolog read(
            String name, Reader text, NamespaceGeometry geometry, TimeUnit timestampUnit)
            throws IOException {
        return new IologReader(name, geometry, timestampUnit).parse(new BufferedReader(text));
    }

    private Iolog parse(BufferedReader text) throws IOException {
        readHeader(text.readLine());
        for (String next = text.readLine(); next != null; next = text.readLine()) {
            line++;
            if (!next.isBlank()) {
                readLine(next.strip().split("\\s+"));
            }
        }
        if (neededBytes > geometry.sizeBytes()) {
            throw new IologException(
                    name,
                    firstBeyondLine,
                    firstBeyond
                            + " ends beyond the namespace of "
                            + geometry.sizeBytes()
                            + " bytes; this file needs one of at least "
                            + neededBytes
                            + " bytes");
        }
        return new Iolog(name, entries);
    }

    private void readHeader(@Nullable String first) {
        line = 1;
        if (first == null) {
            throw error("the file is empty; the first line must be 'fio version 3 iolog'");
        }
        hasTimestamps =
                switch (first.strip()) {
                    case "fio version 2 iolog" -> false;
                    case "fio version 3 iolog" -> true;
                    default ->
                            throw error(
                                    "the first line is '"
                                            + abbreviate(first)
                                            + "', not 'fio version 2 iolog' or"
                                            + " 'fio version 3 iolog'; blktrace and version 1"
                                            + " files are not understood");
                };
    }

    private void readLine(String[] words) {
        String[] fields = words;
        if (hasTimestamps) {
            long time = number(words[0], "timestamp", "a whole number of " + unitName());
            atNanos = Math.max(atNanos, nanos(time, timestampUnit));
            fields = Arrays.copyOfRange(words, 1, words.length);
        }
        if (fields.length < 2) {
            throw error("'" + String.join(" ", words) + "' has no action; expected " + shape());
        }
        String file = fields[0];
        String action = fields[1];
        if (FILE_ACTIONS.contains(action)) {
            readFileAction(file, action, fields);
        } else if (IO_ACTIONS.contains(action)) {
            readIo(file, action, fields);
        } else {
            List<String> valid = new ArrayList<>(FILE_ACTIONS);
            valid.addAll(IO_ACTIONS);
            throw error("unknown action '" + action + "'" + NearestWord.hint(action, valid));
        }
    }

    private void readFileAction(String file, String action, String[] fields) {
        if (fields.length != 2) {
            throw error("'" + action + "' takes no offset and length, found '" + fields[2] + "'");
        }
        switch (action) {
            case "add" -> files.add(file, line);
            case "open" -> files.open(file, line);
            default -> files.close(file, line);
        }
    }

    private void readIo(String file, String action, String[] fields) {
        switch (action) {
            case "wait" -> readWait(fields);
            case "sync", "datasync" -> {
                requireFields(action, fields, 2, 4);
                files.useForIo(file, action, line);
                entries.add(new Entry(Operation.FLUSH, 0, 0, atNanos, line));
            }
            default -> {
                requireFields(action, fields, 4, 4);
                files.useForIo(file, action, line);
                readBlocks(action, fields[2], fields[3]);
            }
        }
    }

    private void readWait(String[] fields) {
        if (hasTimestamps) {
            throw error("'wait' is not part of version 3, whose timestamps say it already");
        }
        if (fields.length < 3) {
            throw error("'wait' takes a number of microseconds");
        }
        long micros = number(fields[2], "wait", "a whole number of microseconds");
        atNanos = saturatedSum(atNanos, nanos(micros, TimeUnit.MICROSECONDS));
    }

    private void readBlocks(String action, String offsetText, String lengthText) {
        long offset = bytes(offsetText, "offset");
        long length = bytes(lengthText, "length");
        if (length == 0) {
            throw error("length is 0: nothing to " + action);
        }
        noteEnd(action, offset, length);
        Operation operation =
                switch (action) {
                    case "read" -> Operation.READ;
                    case "write" -> Operation.WRITE;
                    default -> Operation.DEALLOCATE;
                };
        int blockBytes = geometry.blockBytes();
        entries.add(new Entry(operation, offset / blockBytes, length / blockBytes, atNanos, line));
    }

    /** Remembers what does not fit, to say once how much the whole file needs. */
    private void noteEnd(String action, long offset, long length) {
        long end = saturatedSum(offset, length);
        if (end > geometry.sizeBytes() && firstBeyondLine == 0) {
            firstBeyondLine = line;
            firstBeyond = action + " of " + length + " bytes at offset " + offset;
        }
        neededBytes = Math.max(neededBytes, end);
    }

    private long bytes(String text, String what) {
        long bytes = number(text, what, "a whole number of bytes");
        if (bytes % geometry.blockBytes() != 0) {
            throw error(
                    what
                            + " "
                            + bytes
                            + " is not a multiple of the block size of "
                            + geometry.blockBytes()
                            + " bytes"
                            + (bytes % 512 == 0 ? "; use a namespace with 512-byte blocks" : ""));
        }
        return bytes;
    }

    private long number(String text, String what, String shape) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException tooLarge) {
            throw error(what + " '" + text + "' is too large; use up to " + Long.MAX_VALUE);
        }
        String hint = what.equals("timestamp") ? "; expected " + shape() : "";
        throw error(what + " '" + text + "' is not " + shape + hint);
    }

    private void requireFields(String action, String[] fields, int either, int or) {
        if (fields.length != either && fields.length != or) {
            String found = String.join(" ", Arrays.copyOfRange(fields, 2, fields.length));
            throw error(
                    "'"
                            + action
                            + "' takes an offset and a length in bytes, found "
                            + (found.isEmpty() ? "neither" : "'" + found + "'"));
        }
    }

    private String shape() {
        return hasTimestamps
                ? "'time file action [offset length]'"
                : "'file action [offset length]'";
    }

    private String unitName() {
        return timestampUnit.name().toLowerCase(Locale.ROOT);
    }

    private IologException error(String what) {
        return new IologException(name, line, what);
    }

    private static String abbreviate(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static long nanos(long time, TimeUnit unit) {
        return unit.toNanos(time); // saturates
    }

    private static long saturatedSum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
