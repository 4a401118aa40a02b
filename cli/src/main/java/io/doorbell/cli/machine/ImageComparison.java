package io.doorbell.cli.machine;

import io.doorbell.cli.settings.NamespaceSettings;
import io.doorbell.cli.settings.Settings;
import io.doorbell.guest.workload.ImageCheck;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads an image file past the device and compares every block with what was acknowledged. */
final class ImageComparison {
    private ImageComparison() {}

    static ImageCheck.Report of(
            NamespaceSettings.ImageFile image, Settings settings, Workload workload) {
        int blockBytes = settings.namespace().blockBytes();
        try (FileChannel channel = FileChannel.open(image.path())) {
            return ImageCheck.check(
                    Plans.geometry(settings),
                    workload.verifiers(),
                    (lba, count, into) ->
                            read(
                                    channel,
                                    lba * blockBytes,
                                    into.asSlice(0, (long) count * blockBytes)));
        } catch (IOException error) {
            throw new UncheckedIOException("Reading " + image.path() + " failed", error);
        }
    }

    private static void read(FileChannel channel, long start, MemorySegment into)
            throws IOException {
        ByteBuffer buffer = into.asByteBuffer();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new EOFException("the image ends at byte " + channel.size());
            }
        }
    }
}
