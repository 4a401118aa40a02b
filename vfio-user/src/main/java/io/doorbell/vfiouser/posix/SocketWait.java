package io.doorbell.vfiouser.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a socket, or to be woken.
 *
 * <p>Threads: one waits, and closes when nobody else calls any more but {@link #wake}, which any
 * may call at any time.
 */
public final class SocketWait implements AutoCloseable {
    private static final int POLL_BYTES = 8;
    private static final int POLL_EVENTS = 4;
    private static final int POLL_RETURNED = 6;
    private static final int TIME_BYTES = 16;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Descriptor wake;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment asked = arena.allocate(2 * POLL_BYTES, Long.BYTES);
    private final MemorySegment limit = arena.allocate(TIME_BYTES, Long.BYTES);

    /**
     * @param socket is not closed before this is
     */
    public SocketWait(UnixSocket socket) throws PosixException {
        wake = Descriptor.event();
        ask(0, wake.number());
        ask(1, socket.number());
    }

    private void ask(int index, int descriptor) {
        asked.set(JAVA_INT, (long) index * POLL_BYTES, descriptor);
        asked.set(JAVA_SHORT, (long) index * POLL_BYTES + POLL_EVENTS, (short) Posix.POLLIN);
    }

    /** Whether a receive would find bytes, or the end, at once. */
    public boolean isReadable() {
        limit.set(JAVA_LONG, 0, 0);
        limit.set(JAVA_LONG, Long.BYTES, 0);
        return poll(1, 1, limit);
    }

    /**
     * Waits until a receive would find bytes, or the end; or until {@link #wake}, or the time is
     * over.
     *
     * @param nanos {@link Long#MAX_VALUE} for ever
     * @param alsoSocket false to wait for the others only
     * @return whether a receive would find something
     */
    public boolean await(long nanos, boolean alsoSocket) {
        limit.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        limit.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
        MemorySegment time = nanos == Long.MAX_VALUE ? MemorySegment.NULL : limit;
        boolean readable = poll(0, alsoSocket ? 2 : 1, time) && alsoSocket && has(1);
        if (has(0)) {
            wake.clearEvents();
        }
        return readable;
    }

    private boolean poll(int first, int count, MemorySegment time) {
        return Posix.ppoll(asked.asSlice((long) first * POLL_BYTES), count, time) > 0;
    }

    private boolean has(int index) {
        return asked.get(JAVA_SHORT, (long) index * POLL_BYTES + POLL_RETURNED) != 0;
    }

    /** Ends a wait, or the next one. */
    public void wake() {
        boolean _ = wake.signal();
    }

    @Override
    public void close() {
        wake.close();
        arena.close();
    }
}
