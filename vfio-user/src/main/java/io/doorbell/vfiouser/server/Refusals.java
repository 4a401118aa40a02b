package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells clients who come while another is served that the function is busy: their first request is
 * refused, and the connection ends. One that says nothing costs a thread; of those there are few.
 */
final class Refusals implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private static final int WAITING_MAX = 8;
    private static final int MESSAGE_BYTES_MAX = 4096;

    private final List<UnixSocket> waiting = new ArrayList<>();

    /** Refuses a client; returns at once. */
    void refuse(UnixSocket client) {
        synchronized (waiting) {
            if (waiting.size() == WAITING_MAX) {
                waiting.removeFirst().stop();
            }
            waiting.add(client);
        }
        Thread.ofPlatform().name("vfio-user-refusal").daemon().start(() -> answer(client));
    }

    private void answer(UnixSocket client) {
        try (client;
                Arena arena = Arena.ofConfined();
                MessageReader reader = new MessageReader(client::receive, MESSAGE_BYTES_MAX)) {
            MemorySegment refusal = arena.allocate(Header.BYTES);
            boolean[] answered = {false};
            while (!answered[0]
                    && reader.receive(
                            (header, _, _) -> {
                                header.refusal(Errno.EBUSY).write(refusal);
                                answered[0] = client.send(refusal, List.of());
                            })) {}
        } catch (PosixException | ProtocolException ended) {
            log.debug("A refused client went: {}", ended.getMessage());
        } finally {
            synchronized (waiting) {
                waiting.remove(client);
            }
        }
    }

    @Override
    public void close() {
        synchronized (waiting) {
            waiting.forEach(UnixSocket::stop);
        }
    }
}
