package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;
import io.doorbell.vfiouser.protocol.Request;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A client that sends what it likes. */
final class RawClient implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final UnixSocket socket;
    private final MessageReader reader;
    private final Queue<Header> replies = new ArrayDeque<>();

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
