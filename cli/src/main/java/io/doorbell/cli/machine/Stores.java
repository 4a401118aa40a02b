package io.doorbell.cli.machine;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.settings.NamespaceSettings;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.FileStore;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.controller.namespace.NullStore;
import io.doorbell.controller.namespace.PatternStore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens what keeps the blocks of a namespace. */
final class Stores {
    private static final int STEP_BYTES = 1 << 20;

    private Stores() {}

    /**
     * @param verified whether reads are compared, for which all blocks must be zero at the start
     */
    static BlockStore open(NamespaceSettings settings, boolean verified) throws InputException {
        return switch (settings.backing()) {
            case NamespaceSettings.Memory _ -> new MemoryStore(settings.sizeBytes());
            case NamespaceSettings.Null _ -> new NullStore();
            case NamespaceSettings.Pattern _ ->
                    new PatternStore(settings.sizeBytes(), settings.blockBytes());
            case NamespaceSettings.ImageFile(Path path, boolean _) ->
                    openImage(path, settings.sizeBytes(), verified);
        };
    }

    private static BlockStore openImage(Path path, long sizeBytes, boolean verified)
            throws InputException {
        try {
            if (verified && Files.exists(path) && !isAllZero(path)) {
                throw InputException.of(
                        path + " holds data, which a verified run cannot know.",
                        "Delete it, name another image, or say workload.verify = false.");
            }
            return FileStore.open(path, sizeBytes, System::nanoTime);
        } catch (IOException error) {
            throw InputException.of(
                    "The image " + path + " cannot be opened: " + error.getMessage(),
                    "Check the path and its permissions.");
        }
    }

    private static boolean isAllZero(Path path) throws IOException {
        ByteBuffer step = ByteBuffer.allocateDirect(STEP_BYTES);
        ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
        try (FileChannel channel = FileChannel.open(path)) {
            while (channel.read(step.clear()) > 0) {
                step.flip();
                if (step.mismatch(zeros.clear().limit(step.limit())) >= 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
