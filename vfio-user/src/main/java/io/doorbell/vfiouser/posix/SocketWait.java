package io.doorbell.vfiouser.posix;

/**
 * Waits for a socket, or to be woken.
 *
 * <p>Threads: one waits, and closes when nobody else calls any more but {@link #wake}, which any
 * may call at any time.
 */
public final class SocketWait implements AutoCloseable {
    private static final int WAKE = 0;
    private static final int SOCKET = 1;

    private final Descriptor wake;
    private final PollSet polled;

    /**
     * @param socket is not closed before this is
     */
    public SocketWait(UnixSocket socket) throws PosixException {
        wake = Descriptor.event();
        polled = new PollSet(wake.number(), socket.number());
    }

    /** Whether a receive would find bytes, or the end, at once. */
    public boolean isReadable() {
        return polled.await(SOCKET, 1, 0);
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
        boolean any = polled.await(WAKE, alsoSocket ? 2 : 1, nanos);
        boolean readable = any && alsoSocket && polled.has(SOCKET);
        if (polled.has(WAKE)) {
            wake.clearEvents();
        }
        return readable;
    }

    /** Ends a wait, or the next one. */
    public void wake() {
        boolean _ = wake.signal();
    }

    @Override
    public void close() {
        wake.close();
        polled.close();
    }
}
