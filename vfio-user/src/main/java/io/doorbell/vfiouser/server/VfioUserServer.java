package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixListener;
import io.doorbell.vfiouser.posix.UnixSocket;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Serves a PCI function at a path, to one client after the other. Each finds it freshly powered on;
 * one that comes while another is served is refused.
 */
public final class VfioUserServer implements AutoCloseable {
    /** The dispatcher on which a function's answers and interrupts become system calls. */
    public static final String DISPATCHER = "doorbell.vfio-user.inline";

    private static final Logger log = LoggerFactory.getLogger(VfioUserServer.class);

    /** A session and the thread that runs it. */
    private record Running(Connection connection, Thread thread) {}

    private final UnixListener listener;
    private final FunctionFactory factory;
    private final ActorSystem<SpawnProtocol.Command> system;
    private final Refusals refusals = new Refusals();
    private @Nullable Running running;

    /**
     * Listens at a path; a socket that is left over there is replaced.
     *
     * @param system has the dispatcher of this module's {@code reference.conf}
     * @throws IOException if nobody can listen there, as its message says
     */
    public VfioUserServer(
            Path path, FunctionFactory factory, ActorSystem<SpawnProtocol.Command> system)
            throws IOException {
        this.listener = UnixListener.listen(path);
        this.factory = factory;
        this.system = system;
    }

    /**
     * Serves until {@link #stop}.
     *
     * @throws PosixException if no client can be accepted any more
     */
    public void serve() throws PosixException, InterruptedException {
        try {
            UnixSocket client;
            while ((client = listener.accept()) != null) {
                accepted(client);
            }
        } finally {
            Running last = running;
            if (last != null) {
                last.connection().stop();
                last.thread().join();
            }
            refusals.close();
        }
    }

    /** Only one that came while the last is being switched off waits for that. */
    private void accepted(UnixSocket client) throws InterruptedException {
        Running last = running;
        if (last != null && last.thread().isAlive()) {
            if (last.connection().isServing()) {
                log.warn("A second client was refused: the function is in use.");
                refusals.refuse(client);
                return;
            }
            last.thread().join();
        }
        Connection connection = new Connection(client, factory, system);
        Thread thread =
                Thread.ofPlatform().name("vfio-user-session").daemon().unstarted(connection);
        running = new Running(connection, thread);
        thread.start();
    }

    /** Ends {@link #serve}, and the session with it; returns at once. */
    public void stop() {
        listener.stop();
    }

    /** To be called when {@link #serve} has returned: gives the path back. */
    @Override
    public void close() throws IOException {
        listener.close();
    }
}
