package io.doorbell.cli.replay;

import io.doorbell.cli.trace.TraceEvent;
import io.doorbell.cli.trace.TraceException;
import io.doorbell.cli.trace.TraceReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The events of a trace in order, and a look at those to come: a replayed device may be ahead of
 * the recorded one.
 */
final class EventStream implements AutoCloseable {
    /** The most that is looked at before its turn. */
    private static final int AHEAD_EVENTS_MAX = 100_000;

    private static final int SEARCHED_MAX = 1_000;
    private static final long AHEAD_BYTES_MAX = 256L << 20;

    /**
     * @param read what the device read, if it did
     */
    record Recorded(TraceReader.Entry entry, @Nullable Transfer read) {
        TraceEvent event() {
            return entry.event();
        }

        int line() {
            return entry.line();
        }

        long nanos() {
            return entry.nanos();
        }

        private long bytes() {
            return read == null ? 0 : read.data().length;
        }
    }

    private final TraceReader reader;
    private final ArrayDeque<Recorded> coming = new ArrayDeque<>();
    private Consumer<Recorded> seen = _ -> {};
    private long comingBytes;
    private boolean ended;
    private @Nullable IOException unreadable;
    private @Nullable TraceException wrong;

    EventStream(TraceReader reader) {
        this.reader = reader;
    }

    /** From now on this is told of each event when it is first looked at. */
    void listen(Consumer<Recorded> next) {
        seen = next;
    }

    /** The next event; null at the end. */
    @Nullable Recorded next() throws IOException, TraceException {
        if (coming.isEmpty() && !lookFurther()) {
            if (unreadable != null) {
                throw unreadable;
            }
            if (wrong != null) {
                throw wrong;
            }
            return null;
        }
        Recorded next = coming.remove();
        comingBytes -= next.bytes();
        return next;
    }

    /** Looks at one event more; false if there is none, or enough was looked at. */
    boolean lookFurther() {
        if (ended || coming.size() >= AHEAD_EVENTS_MAX || comingBytes >= AHEAD_BYTES_MAX) {
            return false;
        }
        TraceReader.Entry entry = read();
        if (entry == null) {
            ended = true;
            return false;
        }
        Recorded recorded =
                new Recorded(
                        entry,
                        entry.event() instanceof TraceEvent.DmaRead read && read.data().length > 0
                                ? new Transfer(entry.line(), entry.nanos(), read.data())
                                : null);
        coming.add(recorded);
        comingBytes += recorded.bytes();
        seen.accept(recorded);
        return true;
    }

    /** What cannot be read is told when its turn comes. */
    private TraceReader.@Nullable Entry read() {
        try {
            return reader.next();
        } catch (IOException broken) {
            unreadable = broken;
        } catch (TraceException fault) {
            wrong = fault;
        }
        return null;
    }

    /**
     * The events to come, first to last, until one is what is searched for or ends the search.
     *
     * @param look says whether to go on
     */
    void search(Predicate<Recorded> look) {
        int looked = 0;
        for (Recorded each : coming) {
            looked++;
            if (looked > SEARCHED_MAX || !look.test(each)) {
                return;
            }
        }
        while (looked++ < SEARCHED_MAX && lookFurther()) {
            if (!look.test(coming.getLast())) {
                return;
            }
        }
    }

    /** Whether the end is missing; known at the end. */
    boolean isTorn() {
        return reader.isTorn();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
