package io.doorbell.vfiouser.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One end of a connected UNIX stream socket, which carries bytes and descriptors.
 *
 * <p>Threads: one receives, and it alone closes; any may send or {@link #stop}.
 */
public final class UnixSocket implements AutoCloseable {
    private static final int MESSAGE_HEADER_BYTES = 56;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_HEADER_BYTES = 16;
    private static final int DESCRIPTORS_MAX = 253; // the kernel's most for one message
    private static final int CONTROL_BYTES = CONTROL_HEADER_BYTES + 4 * DESCRIPTORS_MAX + 4;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    /** Descriptors that one message may carry. */
    public static final int SENT_DESCRIPTORS_MAX = 16;

    private final int descriptor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment received = call(CONTROL_BYTES);
    private final MemorySegment sent =
            call(CONTROL_HEADER_BYTES + Integer.BYTES * SENT_DESCRIPTORS_MAX);
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean stopped;
    private boolean closed; // changed under the lock and the monitor, read under either

    UnixSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Connects to who listens at a path. */
    public static UnixSocket connect(Path path) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = SocketAddress.of(path, arena);
            int descriptor = Posix.checked("socket", Posix.socket());
            int result = Posix.connect(descriptor, address);
            if (result < 0) {
                int _ = Posix.close(descriptor);
                throw new PosixException("connect " + path, -result);
            }
            return new UnixSocket(descriptor);
        }
    }

    /** struct msghdr, its one iovec, its control buffer, in this order. */
    private MemorySegment call(long controlBytes) {
        MemorySegment call =
                arena.allocate(MESSAGE_HEADER_BYTES + VECTOR_BYTES + controlBytes, Long.BYTES);
        call.set(ADDRESS, VECTOR, call.asSlice(MESSAGE_HEADER_BYTES, VECTOR_BYTES));
        call.set(JAVA_LONG, VECTOR_COUNT, 1);
        return call;
    }

    private static MemorySegment control(MemorySegment call) {
        return call.asSlice(MESSAGE_HEADER_BYTES + VECTOR_BYTES);
    }

    private static void point(MemorySegment call, MemorySegment data) {
        call.set(ADDRESS, MESSAGE_HEADER_BYTES, data);
        call.set(JAVA_LONG, MESSAGE_HEADER_BYTES + Long.BYTES, data.byteSize());
    }

    /**
     * Waits for bytes. What comes with them belongs to the message that holds the last of them:
     * Linux ends a receive right after the piece of sending that carried descriptors.
     *
     * @param target native memory for at least one byte
     * @param descriptors takes the descriptors that came, which are the caller's from then on
     * @return how many bytes came; 0 when the other side is gone, or after {@link #stop}
     * @throws PosixException if the connection broke
     */
    public int receive(MemorySegment target, List<Descriptor> descriptors) throws PosixException {
        while (true) {
            point(received, target);
            MemorySegment control = control(received);
            received.set(ADDRESS, CONTROL, control);
            received.set(JAVA_LONG, CONTROL_LENGTH, control.byteSize());
            received.set(JAVA_INT, FLAGS, 0);
            long result = Posix.recvmsg(descriptor, received, Posix.MSG_CMSG_CLOEXEC);
            if (result >= 0) {
                takeDescriptors(control, descriptors);
                return (int) result;
            }
            if (result != -Errno.EINTR) {
                throw new PosixException("recvmsg", (int) -result);
            }
        }
    }

    private void takeDescriptors(MemorySegment control, List<Descriptor> descriptors) {
        long length = received.get(JAVA_LONG, CONTROL_LENGTH);
        long at = 0;
        while (at + CONTROL_HEADER_BYTES <= length) {
            long partBytes = control.get(JAVA_LONG, at);
            if (partBytes < CONTROL_HEADER_BYTES) {
                return;
            }
            if (control.get(JAVA_INT, at + 8) == SOL_SOCKET
                    && control.get(JAVA_INT, at + 12) == SCM_RIGHTS) {
                for (long i = at + CONTROL_HEADER_BYTES; i < at + partBytes; i += Integer.BYTES) {
                    descriptors.add(new Descriptor(control.get(JAVA_INT, i)));
                }
            }
            at += (partBytes + 7) & -8;
        }
    }

    /**
     * Sends bytes, all of them, with descriptors on the first; pieces of two callers do not mix.
     *
     * @param source native memory, at least one byte
     * @param descriptors at most {@link #SENT_DESCRIPTORS_MAX}
     * @return false when the other side is gone, or after {@link #stop}
     */
    public boolean send(MemorySegment source, List<Descriptor> descriptors) {
        sending.lock();
        try {
            attach(descriptors);
            for (long done = 0; done < source.byteSize(); ) {
                if (closed || stopped) {
                    return false;
                }
                point(sent, source.asSlice(done));
                long result = Posix.sendmsg(descriptor, sent, Posix.MSG_NOSIGNAL);
                if (result < 0 && result != -Errno.EINTR) {
                    return false;
                }
                if (result > 0) {
                    done += result;
                    attach(List.of());
                }
            }
            return true;
        } finally {
            sending.unlock();
        }
    }

    private void attach(List<Descriptor> descriptors) {
        if (closed) {
            return;
        }
        int count = descriptors.size();
        if (count > SENT_DESCRIPTORS_MAX) {
            throw new IllegalArgumentException(
                    "%d descriptors in a message; %d at most."
                            .formatted(count, SENT_DESCRIPTORS_MAX));
        }
        MemorySegment control = control(sent);
        long length = count == 0 ? 0 : CONTROL_HEADER_BYTES + (long) Integer.BYTES * count;
        sent.set(ADDRESS, CONTROL, count == 0 ? MemorySegment.NULL : control);
        sent.set(JAVA_LONG, CONTROL_LENGTH, length);
        if (count != 0) {
            control.set(JAVA_LONG, 0, length);
            control.set(JAVA_INT, 8, SOL_SOCKET);
            control.set(JAVA_INT, 12, SCM_RIGHTS);
            for (int i = 0; i < count; i++) {
                control.set(
                        JAVA_INT,
                        CONTROL_HEADER_BYTES + (long) Integer.BYTES * i,
                        descriptors.get(i).number());
            }
        }
    }

    /** The number, for who waits for bytes. */
    int number() {
        return descriptor;
    }

    /** Whether the other side has closed its end. */
    public synchronized boolean isPeerGone() {
        int gone = Posix.POLLRDHUP | Posix.POLLHUP | Posix.POLLERR;
        return closed || (Posix.poll(descriptor, Posix.POLLRDHUP) & gone) != 0;
    }

    /** Ends every call that waits on this socket; those that follow end at once. */
    public void stop() {
        stopped = true;
        // Without the lock, which a sender that waits holds; close() waits for that sender.
        synchronized (this) {
            if (!closed) {
                int _ = Posix.shutdown(descriptor);
            }
        }
    }

    /** To be called by the receiver, when it receives no more. */
    @Override
    public void close() {
        stop();
        sending.lock();
        try {
            synchronized (this) {
                if (!closed) {
                    closed = true;
                    int _ = Posix.close(descriptor);
                    arena.close();
                }
            }
        } finally {
            sending.unlock();
        }
    }
}
