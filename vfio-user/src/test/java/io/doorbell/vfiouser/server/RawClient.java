package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;
import io.doorbell.vfiouser.protocol.Request;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A client that sends what it likes. */
final class RawClient implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final UnixSocket socket;
    private final MessageReader reader;
    private final Queue<Header> replies = new ArrayDeque<>();
    private MemorySegment beginning = MemorySegment.NULL; // of a message, received past the reader

    RawClient(Path path) throws PosixException {
        socket = UnixSocket.connect(path);
        reader = new MessageReader(socket::receive, 1 << 20);
    }

    void send(Request request, int id) {
        send(request.write(arena.allocate(4096), id, false));
    }

    /** Sends bytes; false if the server is gone. */
    boolean send(MemorySegment bytes) {
        return socket.send(bytes, List.of());
    }

    Header receive() throws PosixException, ProtocolException {
        while (replies.isEmpty()) {
            if (!reader.receive((header, _, _) -> replies.add(header))) {
                throw new AssertionError("The server is gone.");
            }
        }
        return replies.remove();
    }

    /** One receive of the socket, past the messages: how many bytes it gave. */
    int receiveBytes(int most) throws PosixException {
        beginning = arena.allocate(most, Long.BYTES);
        return socket.receive(beginning, new ArrayList<>());
    }

    /** Takes the rest of the message with this id, whose header was received just now. */
    void takeRest(int id) throws PosixException {
        int came = beginning.get(ValueLayout.JAVA_SHORT, 0) & 0xFFFF;
        if (came != id) {
            throw new AssertionError("Message %d, expected %d.".formatted(came, id));
        }
        int left = beginning.get(ValueLayout.JAVA_INT, 4) - Header.BYTES;
        while (left > 0) {
            left -= socket.receive(arena.allocate(left), new ArrayList<>());
        }
    }

    /** Waits until the server has ended the connection. */
    void awaitEnd() throws ProtocolException {
        try {
            while (reader.receive((_, _, _) -> {})) {}
        } catch (PosixException reset) {
            return; // what it had not read yet makes the end a reset
        }
    }

    @Override
    public void close() {
        reader.close();
        socket.close();
        arena.close();
    }
}
