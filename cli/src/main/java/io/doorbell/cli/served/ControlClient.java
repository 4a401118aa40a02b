package io.doorbell.cli.served;

import io.doorbell.cli.lab.InputException;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.LiveFaults;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks a controller that another process serves, by its {@link ControlServer}. */
public final class ControlClient {
    private final Path path;

    private ControlClient(Path path) {
        this.path = path;
    }

    /**
     * The way to a controller.
     *
     * @param named the control socket, or the device's socket beside it
     * @throws InputException if there is neither
     */
    public static ControlClient to(Path named) throws InputException {
        Path beside = named.resolveSibling(named.getFileName() + ControlServer.SUFFIX);
        if (Files.exists(beside)) {
            return new ControlClient(beside);
        }
        if (!Files.exists(named)) {
            throw InputException.of(
                    "There is neither " + named + " nor " + beside + ".",
                    "Name the socket of a running 'doorbell serve --socket PATH'.");
        }
        return new ControlClient(named);
    }

    /**
     * Arms a fault.
     *
     * @throws InputException if it is refused, or nobody answers
     */
    public void inject(Fault fault) throws InputException {
        List<String> _ = ask("inject " + fault);
    }

    /**
     * What became of each fault.
     *
     * @throws InputException if nobody answers
     */
    public List<LiveFaults.Status> list() throws InputException {
        List<LiveFaults.Status> all = new ArrayList<>();
        for (String line : ask("list")) {
            String[] words = line.split(" ", 3);
            all.add(
                    new LiveFaults.Status(
                            Fault.parse(words[2]),
                            Long.parseLong(words[1]),
                            Long.parseLong(words[0])));
        }
        return all;
    }

    /**
     * Clears all faults; returns how many there were.
     *
     * @throws InputException if nobody answers
     */
    public int clear() throws InputException {
        return Integer.parseInt(ask("clear").getFirst());
    }

    /** The lines of the answer; of one without any, the number behind "ok". */
    private List<String> ask(String request) throws InputException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                ControlLines lines = new ControlLines(channel)) {
            if (!lines.read().equals(ControlLines.GREETING)) {
                throw new IOException("what answers is no control socket of this version");
            }
            lines.write(request);
            return answer(request, lines);
        } catch (IOException silent) {
            throw InputException.of(
                    "Nobody serves at " + path + ": " + silent.getMessage() + ".",
                    "Name the socket of a running 'doorbell serve --socket PATH', or its --control.");
        }
    }

    private List<String> answer(String request, ControlLines lines)
            throws IOException, InputException {
        String first = lines.read();
        if (first.startsWith("error ")) {
            throw InputException.of(first.substring("error ".length()), "");
        }
        String count = first.substring("ok ".length());
        if (!request.equals("list")) {
            return List.of(count);
        }
        List<String> rest = new ArrayList<>();
        for (int left = Integer.parseInt(count); left > 0; left--) {
            rest.add(lines.read());
        }
        return rest;
    }
}
