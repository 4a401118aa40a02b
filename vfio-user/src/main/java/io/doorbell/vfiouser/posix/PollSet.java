package io.doorbell.vfiouser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Descriptors to wait for until one of them can be read.
 *
 * <p>Threads: one.
 */
final class PollSet implements AutoCloseable {
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;
    private static final int TIME_BYTES = 16;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment entries;
    private final MemorySegment limit = arena.allocate(TIME_BYTES, Long.BYTES);

    /**
     * @param descriptors are not closed before this is
     */
    PollSet(int... descriptors) {
        entries = arena.allocate((long) descriptors.length * ENTRY_BYTES, Long.BYTES);
        for (int i = 0; i < descriptors.length; i++) {
            entries.set(JAVA_INT, (long) i * ENTRY_BYTES, descriptors[i]);
            entries.set(JAVA_SHORT, (long) i * ENTRY_BYTES + EVENTS, (short) Posix.POLLIN);
        }
    }

    /**
     * Waits for some of them.
     *
     * @param first of those waited for
     * @param nanos 0 to look only, {@link Long#MAX_VALUE} for ever
     * @return whether one can be read
     */
    boolean await(int first, int count, long nanos) {
        limit.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        limit.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
        return Posix.ppoll(
                        entries.asSlice((long) first * ENTRY_BYTES),
                        count,
                        nanos == Long.MAX_VALUE ? MemorySegment.NULL : limit)
                > 0;
    }

    /** Whether the last wait, if it was for this one and successful, found it readable. */
    boolean has(int index) {
        return entries.get(JAVA_SHORT, (long) index * ENTRY_BYTES + RETURNED) != 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
