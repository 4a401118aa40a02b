package io.doorbell.vfiouser.protocol;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the stream of a socket into messages, each with the descriptors that came with it.
 *
 * <p>One call receives as many bytes as there are, so a busy socket costs a system call for many
 * messages. Descriptors belong to the message that holds the last byte of their receive, which may
 * be whole or not yet; at most two messages can own any at a time, the first in the buffer (from an
 * earlier receive) and the last.
 */
public final class MessageReader implements AutoCloseable {

    /** Where bytes come from: a socket, or a test. */
    @FunctionalInterface
    public interface Source {
        /**
         * Waits for bytes.
         *
         * @param descriptors takes what came with them
         * @return how many came; 0 at the end
         */
        int receive(MemorySegment target, List<Descriptor> descriptors) throws PosixException;
    }

    /** Told of each message, in order. */
    @FunctionalInterface
    public interface Handler {
        /**
         * A message came.
         *
         * @param body what follows the header; valid during the call
         * @param descriptors what came with it; those that are left in it are closed afterwards
         * @throws ProtocolException if the connection cannot go on
         */
        void message(Header header, MemorySegment body, List<Descriptor> descriptors)
                throws ProtocolException;
    }

    /** Of one message, as both sides say; a long message could bring any number otherwise. */
    private static final int DESCRIPTORS_MAX = 16;

    private final Source source;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer;
    private final List<Descriptor> ofFirst = new ArrayList<>();
    private final List<Descriptor> ofLast = new ArrayList<>();
    private final List<Descriptor> arrived = new ArrayList<>();
    private int receiveBytesMax = Integer.MAX_VALUE;
    private int filled; // bytes in the buffer, from offset 0, where a message starts

    /**
     * @param messageBytesMax no message may be longer
     */
    public MessageReader(Source source, int messageBytesMax) {
        this.source = source;
        this.buffer = arena.allocate(messageBytesMax, Long.BYTES);
    }

    /** Takes no more than so many bytes at a time from now on. */
    public void limitReceive(int bytesMax) {
        receiveBytesMax = bytesMax;
    }

    /**
     * Waits for bytes, and handles every message that is whole.
     *
     * @return false at the end of the stream
     * @throws ProtocolException if a size cannot be, or the handler says so
     */
    public boolean receive(Handler handler) throws PosixException, ProtocolException {
        long room = Math.min(buffer.byteSize() - filled, receiveBytesMax);
        int received = source.receive(buffer.asSlice(filled, room), arrived);
        if (received == 0) {
            return false;
        }
        filled += received;
        int last = arrived.isEmpty() ? -1 : claimArrived();
        int start = 0;
        while (wholeMessageAt(start)) {
            Header header = Header.read(buffer, start);
            List<Descriptor> own = start == 0 ? ofFirst : start == last ? ofLast : arrived;
            try {
                handler.message(
                        header,
                        buffer.asSlice(start + Header.BYTES, header.sizeBytes() - Header.BYTES),
                        own);
            } finally {
                closeAll(own);
            }
            start += header.sizeBytes();
        }
        keepRest(start);
        return true;
    }

    /** Gives what arrived to the message with the last byte; returns where that starts. */
    private int claimArrived() throws ProtocolException {
        int start = 0;
        while (wholeMessageAt(start) && start + sizeAt(start) < filled) {
            start += sizeAt(start);
        }
        List<Descriptor> own = start == 0 ? ofFirst : ofLast;
        own.addAll(arrived);
        arrived.clear();
        if (own.size() > DESCRIPTORS_MAX) {
            throw new ProtocolException(
                    "A message with more than %d descriptors.".formatted(DESCRIPTORS_MAX));
        }
        return start;
    }

    private boolean wholeMessageAt(int start) throws ProtocolException {
        return filled - start >= Header.BYTES && filled - start >= sizeAt(start);
    }

    private int sizeAt(int start) throws ProtocolException {
        int size = buffer.get(Wire.INT, start + 4L);
        if (size < Header.BYTES || size > buffer.byteSize()) {
            throw new ProtocolException(
                    "A message of %,d bytes; %d to %,d are allowed."
                            .formatted(
                                    Integer.toUnsignedLong(size), Header.BYTES, buffer.byteSize()));
        }
        return size;
    }

    private void keepRest(int start) {
        if (start == 0) {
            return;
        }
        MemorySegment.copy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        ofFirst.addAll(ofLast); // of the message that is now the first, or nobody's
        ofLast.clear();
    }

    private static void closeAll(List<Descriptor> descriptors) {
        descriptors.forEach(Descriptor::close);
        descriptors.clear();
    }

    @Override
    public void close() {
        closeAll(ofFirst);
        closeAll(ofLast);
        closeAll(arrived);
        arena.close();
    }
}
