package io.doorbell.vfiouser.server;

import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.vfiouser.memory.ClientMemory;
import io.doorbell.vfiouser.pci.FunctionProbe;
import io.doorbell.vfiouser.pci.FunctionShape;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * One client from its connect to its end: powers a function on, serves it, powers it off.
 *
 * <p>Threads: one {@link #run}s; any may {@link #stop}.
 */
final class Connection implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private static final int DATA_BYTES_MAX = Capabilities.TRANSFER_BYTES_MAX;
    private static final int MESSAGE_BYTES_MAX = DATA_BYTES_MAX + 4 * Header.BYTES;
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(4); // QEMU waits for 5

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
        } catch (RuntimeException failed) {
            log.error("The session failed.", failed);
        }
    }

    private void serve() throws PosixException, ProtocolException {
        ClientDma dma = new ClientDma(socket, DATA_BYTES_MAX);
        InterruptRoutes routes = new InterruptRoutes();
        try (ClientMemory memory = new ClientMemory(dma, dma::allow);
                ReplyQueue replies = new ReplyQueue(socket);
                FunctionFactory.Powered function = factory.powerOn(memory, routes)) {
            try {
                serve(function, memory, dma, routes, replies);
            } finally {
                socket.stop();
                dma.close(); // who waits for the client could not be switched off
            }
        }
    }

    private void serve(
            FunctionFactory.Powered function,
            ClientMemory memory,
            ClientDma dma,
            InterruptRoutes routes,
            ReplyQueue replies)
            throws PosixException, ProtocolException {
        ActorRef<? super PciAccess> lane = function.port().lane(0);
        FunctionShape shape = FunctionProbe.probe(new Asking(lane, system));
        try (Receivers receivers = new Receivers(system);
                Interrupts interrupts =
                        new Interrupts(
                                shape.msix(),
                                lane,
                                routes,
                                receivers.interrupts(),
                                function::whenSettled);
                Overdue _ = new Overdue(replies, system);
                MessageReader reader = new MessageReader(socket::receive, MESSAGE_BYTES_MAX)) {
            FunctionAccess access = new FunctionAccess(lane, receivers.completions());
            receivers.connect(access::completed, interrupts::receive);
            Session session = new Session(shape, replies, memory, dma, access, interrupts);
            while (reader.receive(session)) {}
        }
    }

    /** Configuration accesses that wait, before there is a client who could send any. */
    private record Asking(ActorRef<? super PciAccess> lane, ActorSystem<?> system)
            implements FunctionProbe.Configuration {
        @Override
        public long read(int offsetBytes, int widthBytes) {
            return ask(replyTo -> new PciAccess.ConfigRead(offsetBytes, widthBytes, 0, replyTo));
        }

        @Override
        public void write(int offsetBytes, int widthBytes, int value) {
            long _ =
                    ask(
                            replyTo ->
                                    new PciAccess.ConfigWrite(
                                            offsetBytes, widthBytes, value, 0, replyTo));
        }

        private long ask(
                org.apache.pekko.japi.function.Function<ActorRef<ReadCompletion>, PciAccess>
                        access) {
            return AskPattern.<PciAccess, ReadCompletion>ask(
                            lane.narrow(), access, PROBE_LIMIT, system.scheduler())
                    .toCompletableFuture()
                    .join()
                    .value();
        }
    }
}
