package io.doorbell.cli.trace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trace that is being read, event by event. Threads: one. */
public final class TraceReader implements AutoCloseable {
    /**
     * An event of a trace.
     *
     * @param line its number, counted from one
     * @param nanos since the trace began
     */
    public record Entry(int line, long nanos, TraceEvent event) {}

    private final TraceLines lines;

    private TraceReader(TraceLines lines) {
        this.lines = lines;
    }

    /**
     * Begins to read a file, compressed or not, whatever its name.
     *
     * @throws TraceException if it is no trace of this version
     */
    public static TraceReader open(Path file) throws IOException, TraceException {
        return open(Files.newInputStream(file));
    }

    /** Whether this looks like a trace, compressed or not, rather than anything else. */
    public static boolean isTrace(Path file) throws IOException {
        try (TraceReader _ = open(file)) {
            return true;
        } catch (TraceException none) {
            return false;
        }
    }

    /** As above; closes {@code file} in the end. */
    static TraceReader open(InputStream file) throws IOException, TraceException {
        TraceLines lines = new TraceLines(file);
        try {
            checkFirst(lines.next());
        } catch (IOException | TraceException refused) {
            lines.close();
            throw refused;
        }
        return new TraceReader(lines);
    }

    private static void checkFirst(@Nullable String first) throws TraceException {
        if (first == null) {
            throw new TraceException(1, "This is no trace: it has no whole line.");
        }
        if (!first.equals(TraceLine.FIRST)) {
            throw new TraceException(
                    1, "This is no trace of version 1: that begins with " + TraceLine.FIRST + ".");
        }
    }

    /**
     * The next event; null at the end.
     *
     * @throws TraceException if there is one that cannot be used; nothing can be read after it
     */
    public @Nullable Entry next() throws IOException, TraceException {
        String line = lines.next();
        if (line == null) {
            return null;
        }
        TraceParts parts = TraceParts.of(lines.number(), line);
        return new Entry(lines.number(), parts.number("t"), ParsedEvent.of(parts));
    }

    /**
     * Whether what was written last is missing, as of a process that was killed; known at the end.
     */
    public boolean isTorn() {
        return lines.isTorn();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
