package io.doorbell.vfiouser.posix;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A UNIX stream socket that waits for clients.
 *
 * <p>Threads: one accepts; any may {@link #stop}.
 */
public final class UnixListener implements AutoCloseable {
    private static final int BACKLOG = 8;

    private final Path path;
    private final int descriptor;
    private boolean stopped;
    private boolean closed;

    private UnixListener(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Listens at a path. A socket that is left over there, with nobody behind it, is replaced.
     *
     * @throws PosixException with {@link Errno#EADDRINUSE} if somebody listens there, with {@link
     *     Errno#EEXIST} if the path is something else than a socket
     */
    public static UnixListener listen(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var address = SocketAddress.of(path, arena);
            removeLeftOver(path);
            int descriptor = Posix.checked("socket", Posix.socket());
            try {
                Posix.checked("bind " + path, Posix.bind(descriptor, address));
                Posix.checked("listen " + path, Posix.listen(descriptor, BACKLOG));
                return new UnixListener(path, descriptor);
            } catch (PosixException refused) {
                int _ = Posix.close(descriptor);
                throw refused;
            }
        }
    }

    private static void removeLeftOver(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new PosixException(path + " is not a socket", Errno.EEXIST);
        }
        try (UnixSocket _ = UnixSocket.connect(path)) {
            throw new PosixException(path + " is served already", Errno.EADDRINUSE);
        } catch (PosixException refused) {
            if (refused.errno() != Errno.ECONNREFUSED) {
                throw refused;
            }
        }
        Files.delete(path);
    }

    private static boolean isSocket(Path path) throws IOException {
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return ((Integer) mode & 0xF000) == 0xC000;
    }

    /**
     * Waits for a client; null when the listener was stopped.
     *
     * @throws PosixException if the system has no descriptor left, for example
     */
    public @Nullable UnixSocket accept() throws PosixException {
        while (true) {
            int accepted = Posix.accept(descriptor);
            if (isStopped()) {
                if (accepted >= 0) {
                    int _ = Posix.close(accepted);
                }
                return null;
            }
            if (accepted >= 0) {
                return new UnixSocket(accepted);
            }
            if (accepted != -Errno.EINTR && accepted != -Errno.ECONNABORTED) {
                throw new PosixException("accept", -accepted);
            }
        }
    }

    /** Ends {@link #accept}. */
    public synchronized void stop() {
        stopped = true;
        if (!closed) {
            int _ = Posix.shutdown(descriptor);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Gives the path back; to be called when nobody accepts any more. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            Files.deleteIfExists(path);
            int _ = Posix.close(descriptor);
        }
    }
}
