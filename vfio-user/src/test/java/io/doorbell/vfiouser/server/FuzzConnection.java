package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A connection of the fuzzer: changes what is sent now and then, and answers what the server asks
 * rightly, wrongly or not at all.
 */
final class FuzzConnection {
    private static final int MESSAGE_BYTES_MAX = (1 << 20) + 64;

    private final Random random;
    private final Random answers;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(8192, 8);
    private final UnixSocket socket;
    private final Thread receiver;

    FuzzConnection(Path path, Random random) throws PosixException {
        this.random = random;
        this.answers = new Random(random.nextLong()); // of another thread
        this.socket = UnixSocket.connect(path);
        this.receiver = Thread.ofPlatform().start(this::receive);
        boolean _ = socket.send(new Request.Version(0, 0, "{}").write(buffer, 0, false), List.of());
    }

    /**
     * Sends a message, whole or with some bytes changed.
     *
     * @param oneIn how many go unchanged for each that does not
     * @return false if the server has ended the connection
     */
    boolean send(Request request, List<Descriptor> descriptors, int oneIn) {
        boolean posted = random.nextInt(3) == 0;
        MemorySegment message = request.write(buffer, random.nextInt(0x10000), posted);
        if (random.nextInt(oneIn) == 0) {
            mutate(message);
        }
        if (random.nextInt(50 * oneIn) == 0) { // most often the end of the connection
            message.set(ValueLayout.JAVA_INT_UNALIGNED, 4, random.nextInt());
        }
        boolean sent = socket.send(message, descriptors);
        return sent && (random.nextInt(20 * oneIn) != 0 || socket.send(message, descriptors));
    }

    private void mutate(MemorySegment message) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            long at = random.nextInt((int) message.byteSize());
            if (at < 4 || at >= 8) { // the size has its own chance
                message.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
            }
        }
    }

    private void receive() {
        try (socket;
                MessageReader reader = new MessageReader(socket::receive, MESSAGE_BYTES_MAX)) {
            while (reader.receive((header, body, _) -> received(header, body))) {}
        } catch (PosixException reset) {
            return; // how a connection ends that the server breaks
        } catch (ProtocolException wrong) {
            throw new AssertionError("The server sends what is no message.", wrong);
        }
    }

    private void received(Header header, MemorySegment body) throws ProtocolException {
        if (!header.isRequest()) {
            return;
        }
        int how = answers.nextInt(20);
        if (how == 0) {
            return; // it waits until the connection ends
        }
        Request request = Request.read(header, body);
        long count =
                switch (request) {
                    case Request.DmaRead read -> read.count();
                    case Request.DmaWrite write -> write.data().byteSize();
                    default -> throw new ProtocolException("Asked for " + request);
                };
        long said = how == 1 ? answers.nextInt(5000) : count;
        Header to =
                how == 2 ? new Header(answers.nextInt(0x10000), header.command(), 0, 0, 0) : header;
        try (Arena own = Arena.ofConfined()) {
            MemorySegment target = own.allocate(Reply.ACCESS_OVERHEAD_BYTES + Math.max(said, 0));
            Reply reply =
                    request instanceof Request.DmaRead(long address, long _)
                            ? new Reply.DmaData(address, own.allocate(said))
                            : new Reply.DmaWritten(answers.nextLong(), said);
            MemorySegment message = reply.write(target, to);
            if (how == 3) {
                to.refusal(14).write(message);
                message = message.asSlice(0, Header.BYTES);
            }
            boolean _ = socket.send(message, List.of());
        }
    }

    void close() throws InterruptedException {
        socket.stop();
        receiver.join();
        arena.close();
    }
}
