package io.doorbell.cli.replay;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.machine.ServedController;
import io.doorbell.cli.trace.TraceEvent;
import io.doorbell.cli.trace.TraceException;
import io.doorbell.cli.trace.TraceReader;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.namespace.NullStore;
import io.doorbell.controller.namespace.PatternStore;
import io.doorbell.simulation.world.World;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A trace of a served device, once more: the controller of today, in virtual time, gets what the
 * recorded one got.
 */
public final class TraceReplay implements AutoCloseable {
    private static final long SIZE_MAX = 64L << 40;

    private final World world = new World();
    private final @Nullable FileChannel image;
    private @Nullable NamespaceTable namespaces; // of all machines
    private int functions;

    /**
     * @param image the file of the blocks as it was when the trace began; null if nobody has it
     * @throws InputException if it cannot be read
     */
    public TraceReplay(@Nullable Path image) throws InputException {
        try {
            this.image = image == null ? null : FileChannel.open(image);
        } catch (IOException missing) {
            throw InputException.of(
                    "--image " + image + " cannot be read: " + missing.getMessage() + ".",
                    "Name the image as it was when the trace began, or leave --image out.");
        }
    }

    /**
     * Replays a trace.
     *
     * @param lines told how far it has come
     * @throws InputException if the file is no trace, or a line of it cannot be used
     */
    public Replayed run(Path file, LongConsumer lines) throws InputException {
        try (TraceReader reader = TraceReader.open(file)) {
            Replay replay = new Replay(reader, this::powerOn, image != null);
            world.listenToFailures(replay::failed);
            return replay.run(lines);
        } catch (TraceException wrong) {
            throw InputException.inFile(file, wrong.line(), wrong.what(), "");
        } catch (IOException | UncheckedIOException broken) {
            throw InputException.inFile(
                    file, 0, "The replay cannot go on: " + broken.getMessage() + ".", "");
        }
    }

    private ReplayedFunction powerOn(TraceEvent.PowerOn on, ReplayedMemory memory) {
        NamespaceTable table = namespaces;
        if (table == null) {
            check(on);
            table = ServedController.namespaces(on.sizeBytes(), on.blockBytes(), blocks(on));
            namespaces = table;
        }
        return new ReplayedFunction(
                world, functions++, ServedController.settings(on.controller()), table, memory);
    }

    private static void check(TraceEvent.PowerOn on) {
        int block = on.blockBytes();
        if (block != 512 && block != 4096) {
            throw new IllegalArgumentException("Blocks of %,d bytes.".formatted(block));
        }
        if (on.sizeBytes() < block || on.sizeBytes() > SIZE_MAX || on.sizeBytes() % block != 0) {
            throw new IllegalArgumentException("%,d bytes of blocks.".formatted(on.sizeBytes()));
        }
    }

    private BlockStore blocks(TraceEvent.PowerOn on) {
        return switch (on.blocks()) {
            case "memory" -> new MemoryStore(on.sizeBytes());
            case "null" -> new NullStore();
            case "pattern" -> new PatternStore(on.sizeBytes(), on.blockBytes());
            case "file" ->
                    new StartingBlocks(
                            on.sizeBytes(),
                            image == null ? StartingBlocks.unknown() : StartingBlocks.of(image));
            default -> throw new IllegalArgumentException("Blocks '" + on.blocks() + "'.");
        };
    }

    @Override
    public void close() {
        world.close();
        if (namespaces != null) {
            namespaces.close();
        }
        try {
            if (image != null) {
                image.close();
            }
        } catch (IOException unlikely) {
            throw new UncheckedIOException(unlikely); // it was only read
        }
    }
}
