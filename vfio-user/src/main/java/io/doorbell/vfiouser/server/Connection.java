package io.doorbell.vfiouser.server;

import io.doorbell.reactor.Reactors;
import io.doorbell.vfiouser.memory.ClientMemory;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.SocketWait;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client from its connect to its end: powers a function on, serves it, powers it off.
 *
 * <p>Threads: one {@link #run}s; any may {@link #stop}.
 */
final class Connection implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private static final int DATA_BYTES_MAX = Capabilities.TRANSFER_BYTES_MAX;
    private static final int MESSAGE_BYTES_MAX = DATA_BYTES_MAX + 4 * Header.BYTES;

    private final UnixSocket socket;
    private final FunctionFactory factory;
    private final ActorSystem<SpawnProtocol.Command> system;

    Connection(
            UnixSocket socket, FunctionFactory factory, ActorSystem<SpawnProtocol.Command> system) {
        this.socket = socket;
        this.factory = factory;
        this.system = system;
    }

    /** Whether the client is still there. */
    boolean isServing() {
        return !socket.isPeerGone();
    }

    /** Ends the session, as if the client had gone. */
    void stop() {
        socket.stop();
    }

    @Override
    public void run() {
        log.info("A client has connected.");
        try (socket) {
            serve();
            log.info("The client has gone.");
        } catch (PosixException broken) {
            log.info("The connection broke: {}", broken.getMessage());
        } catch (ProtocolException violated) {
            log.warn("The client was disconnected: {}", violated.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.error("The session failed.", failed);
        }
    }

    private void serve() throws PosixException, ProtocolException, InterruptedException {
        ClientDma dma = new ClientDma(socket, DATA_BYTES_MAX);
        try (ClientMemory memory = new ClientMemory(dma, dma::allow);
                ReplyQueue replies = new ReplyQueue(socket);
                FunctionPower power = new FunctionPower(factory, memory, system);
                MessageReader reader = new MessageReader(socket::receive, MESSAGE_BYTES_MAX);
                Overdue _ = new Overdue(replies, system)) {
            memory.listen(factory.regionListener());
            try {
                Session session = new Session(power, replies, memory, dma);
                boolean open = true;
                while (open && power.current() == null) {
                    open = reader.receive(session);
                }
                FunctionPower.On on = power.current();
                if (open && on != null && on.function().reactor().isPresent()) {
                    dma.refuse();
                    serveOn(on.function().reactor().getAsInt(), reader, session, on, replies);
                } else {
                    while (open) {
                        open = reader.receive(session);
                    }
                }
            } finally {
                socket.stop();
                dma.close(); // who waits for the client could not be switched off
            }
        }
    }

    private void serveOn(
            int reactor,
            MessageReader reader,
            Session session,
            FunctionPower.On on,
            ReplyQueue replies)
            throws PosixException, ProtocolException, InterruptedException {
        try (SocketWait wait = new SocketWait(socket)) {
            reader.limitReceive(SessionLoop.RECEIVE_BYTES_MAX);
            SessionLoop loop = new SessionLoop(wait, reader, session, on.access(), replies);
            Reactors.of(system).attach(reactor, loop);
            loop.awaitEnd();
        }
    }
}
