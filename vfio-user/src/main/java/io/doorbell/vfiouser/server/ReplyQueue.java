package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.Reply;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Sends replies in the order of the requests, though the function answers when it likes.
 *
 * <p>Threads: one opens places; any fills them, and sends what has become due.
 */
final class ReplyQueue implements AutoCloseable {
    /** Requests that a client may have outstanding; it waits before it can send more. */
    static final int CAPACITY = 2048;

    /**
     * Requests that a receive may bring: those that have no body, and the end of an earlier one.
     */
    private static final int RECEIVED_MAX = SessionLoop.RECEIVE_BYTES_MAX / Header.BYTES + 1;

    /** Bytes of the longest reply. */
    static final int REPLY_BYTES_MAX = 8192;

    /** The place of one reply. */
    static final class Place {
        private final Header request;
        private final long openedNanos;
        private @Nullable Reply reply;
        private int errno;
        private boolean filled;

        private Place(Header request, long openedNanos) {
            this.request = request;
            this.openedNanos = openedNanos;
        }
    }

    private final UnixSocket socket;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment message = arena.allocate(REPLY_BYTES_MAX, Long.BYTES);
    private final Place[] places = new Place[CAPACITY];
    private long opened;
    private long sent;
    private boolean closed;

    ReplyQueue(UnixSocket socket) {
        this.socket = socket;
    }

    /** The place of the reply to a request; waits while there is none. */
    synchronized Place open(Header request) throws InterruptedException {
        while (opened - sent == CAPACITY && !closed) {
            wait();
        }
        Place place = new Place(request, System.nanoTime());
        places[(int) (opened++ % CAPACITY)] = place;
        return place;
    }

    /** Whether {@link #open} waits for none of those that one receive brings. */
    synchronized boolean hasRoom() {
        return CAPACITY - (opened - sent) >= RECEIVED_MAX;
    }

    /** The reply is known; the first one counts. */
    synchronized void fill(Place place, Reply reply) {
        if (!place.filled) {
            place.filled = true;
            place.reply = reply;
            sendDue();
        }
    }

    /** The request is refused. */
    synchronized void refuse(Place place, int errno) {
        if (!place.filled) {
            place.filled = true;
            place.errno = errno;
            sendDue();
        }
    }

    /** The oldest place if it was opened that long ago and is not filled, or null. */
    synchronized @Nullable Place overdue(long nanos) {
        if (opened == sent) {
            return null;
        }
        Place oldest = places[(int) (sent % CAPACITY)];
        return System.nanoTime() - oldest.openedNanos >= nanos ? oldest : null;
    }

    /** Whether every reply has left. */
    synchronized boolean isEmpty() {
        return opened == sent;
    }

    private void sendDue() {
        boolean wasFull = opened - sent == CAPACITY;
        while (sent != opened && !closed && places[(int) (sent % CAPACITY)].filled) {
            send(places[(int) (sent++ % CAPACITY)]);
        }
        if (wasFull) {
            notifyAll();
        }
    }

    private void send(Place place) {
        Reply reply = place.reply;
        MemorySegment bytes;
        if (reply != null) {
            bytes = reply.write(message, place.request);
        } else {
            place.request.refusal(place.errno).write(message);
            bytes = message.asSlice(0, Header.BYTES);
        }
        boolean _ = socket.send(bytes, List.of()); // if it is gone, the receiver finds out
    }

    /** Nothing is sent any more. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            notifyAll();
            arena.close();
        }
    }
}
