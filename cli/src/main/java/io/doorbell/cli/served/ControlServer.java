package io.doorbell.cli.served;

import io.doorbell.simulation.fault.Fault;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The UNIX socket by which faults are injected into a controller that is being served: one request
 * for each client, a line, answered by lines. It has the permissions of every new file, as the
 * device's socket has.
 *
 * <pre>
 *  &lt; doorbell control 1
 *  &gt; inject lose at interrupt/2 nth 1      &gt; list                        &gt; clear
 *  &lt; ok 1                                  &lt; ok 2                        &lt; ok 3 (how many there were)
 *                                          &lt; STRIKES EVENTS FAULT (2 lines)
 *  &lt; error SENTENCE                        to what cannot be done
 * </pre>
 *
 * <p>Threads: one of its own.
 */
public final class ControlServer implements AutoCloseable {
    /** What the device's socket is called, and this. */
    public static final String SUFFIX = ".control";

    private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

    private final Path path;
    private final ServedFaults faults;
    private final ServerSocketChannel listener;

    private ControlServer(Path path, ServedFaults faults, ServerSocketChannel listener) {
        this.path = path;
        this.faults = faults;
        this.listener = listener;
    }

    /**
     * Listens at a path. A socket that is left over there, with nobody behind it, is replaced.
     *
     * @throws IOException if nobody can listen there, as its message says
     */
    public static ControlServer listen(Path path, ServedFaults faults) throws IOException {
        removeLeftOver(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException refused) {
            listener.close();
            throw new IOException(path + ": " + refused.getMessage(), refused);
        }
        ControlServer server = new ControlServer(path, faults, listener);
        Thread.ofPlatform().name("control").daemon().start(server::serve);
        return server;
    }

    private static void removeLeftOver(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new IOException(path + " is not a socket");
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException(path + " is served already");
        } catch (ConnectException nobody) {
            Files.delete(path);
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return ((Integer) mode & 0xF000) == 0xC000;
    }

    private void serve() {
        while (listener.isOpen()) {
            try (ControlLines lines = new ControlLines(listener.accept())) {
                lines.write(ControlLines.GREETING);
                lines.write(answer(lines.read()));
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException broken) {
                log.info("A control client went without an answer: {}", broken.getMessage());
            }
        }
    }

    private String[] answer(String request) {
        int space = request.indexOf(' ');
        String word = space < 0 ? request : request.substring(0, space);
        try {
            return switch (word) {
                case "inject" -> {
                    faults.arm(Fault.parse(request.substring(word.length())));
                    yield new String[] {"ok 1"};
                }
                case "list" -> list();
                case "clear" -> new String[] {"ok " + faults.clear()};
                default -> new String[] {"error '%s' is no request.".formatted(word)};
            };
        } catch (IllegalArgumentException refused) {
            return new String[] {"error " + refused.getMessage()};
        }
    }

    private String[] list() {
        List<String> lines =
                faults.status().stream()
                        .map(
                                each ->
                                        "%d %d %s"
                                                .formatted(
                                                        each.strikes(),
                                                        each.events(),
                                                        each.fault()))
                        .toList();
        return Stream.concat(Stream.of("ok " + lines.size()), lines.stream())
                .toArray(String[]::new);
    }

    /** Gives the path back. */
    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
    }
}
