package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.vfiouser.client.MemoryAccess;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** What says which device of another process to drive, for every command that can. */
final class SocketOptions {
    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "Drive the device that a vfio-user server serves at PATH; its blocks are lost.")
    private @Nullable Path socket;

    @Option(
            names = "--dma-by-messages",
            description =
                    "With --socket: give the device no descriptor of the host's memory, so that it"
                            + " asks for each access.")
    private boolean dmaByMessages;

    /**
     * Where it is, or null for our own device.
     *
     * @throws InputException if there is no path for what else was said
     */
    @Nullable Path path(Surroundings surroundings) throws InputException {
        if (socket == null) {
            if (dmaByMessages) {
                throw InputException.of(
                        "--dma-by-messages is how a device at a socket reaches memory.",
                        "Add --socket PATH, or leave it out.");
            }
            return null;
        }
        return surroundings.workingDirectory().resolve(socket).normalize();
    }

    MemoryAccess access() {
        return dmaByMessages ? MemoryAccess.BY_MESSAGE : MemoryAccess.MAPPED;
    }
}
