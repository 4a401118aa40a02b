package io.doorbell.vfiouser.server;

import io.doorbell.reactor.EventSource;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.SocketWait;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;

/**
 * A session on the reactor of its function: what the client sends is handled by the thread that
 * executes it, and a doorbell wakes one thread instead of three.
 *
 * <p>Nothing here may wait for the function, so no more is received than there is room for.
 */
final class SessionLoop implements EventSource {
    /** Most bytes of one receive; so many messages may come with them. */
    static final int RECEIVE_BYTES_MAX = 16 << 10;

    private static final long CROWDED_NANOS = 10_000_000;

    private final SocketWait wait;
    private final MessageReader reader;
    private final Session session;
    private final FunctionAccess access;
    private final ReplyQueue replies;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean readable;
    private @Nullable Exception failure; // read by others when it has ended

    /**
     * @param reader receives {@link #RECEIVE_BYTES_MAX} at most
     */
    SessionLoop(
            SocketWait wait,
            MessageReader reader,
            Session session,
            FunctionAccess access,
            ReplyQueue replies) {
        this.wait = wait;
        this.reader = reader;
        this.session = session;
        this.access = access;
        this.replies = replies;
    }

    private boolean hasRoom() {
        return access.hasRoom() && replies.hasRoom();
    }

    @Override
    public boolean take() {
        if (!hasRoom() || !(readable || wait.isReadable())) {
            return true;
        }
        readable = false;
        try {
            return reader.receive(session);
        } catch (PosixException | ProtocolException | RuntimeException failed) {
            failure = failed;
            return false;
        }
    }

    @Override
    public boolean await(long nanos) {
        boolean room = hasRoom();
        readable = wait.await(room ? nanos : Math.min(nanos, CROWDED_NANOS), room);
        return readable || !room;
    }

    @Override
    public void wake() {
        wait.wake();
    }

    @Override
    public void released() {
        ended.countDown();
    }

    /**
     * Waits for the end of the session.
     *
     * @throws PosixException if the connection broke
     * @throws ProtocolException if the client was disconnected
     */
    void awaitEnd() throws PosixException, ProtocolException, InterruptedException {
        ended.await();
        switch (failure) {
            case null -> {}
            case PosixException broken -> throw broken;
            case ProtocolException violated -> throw violated;
            case RuntimeException failed -> throw failed;
            default -> throw new IllegalStateException(failure);
        }
    }
}
