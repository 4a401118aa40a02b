package io.doorbell.controller.namespace;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps bytes in a raw image file: byte n of the namespace is byte n of the file. What was never
 * written is a hole. Flush and durable writes force the file to its disk.
 */
public final class FileStore implements BlockStore {
    private static final Logger log = LoggerFactory.getLogger(FileStore.class);

    private static final long ZEROS_BYTES_MAX = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileHoles holes;

    /**
     * Opens the image, or creates it; what it lacks of {@code sizeBytes} bytes becomes a hole.
     *
     * @throws IOException if it cannot be opened, is longer than {@code sizeBytes} bytes, or is in
     *     use
     */
    public static FileStore open(Path path, long sizeBytes) throws IOException {
        FileChannel channel = openChannel(path);
        try {
            lock(path, channel);
            if (channel.size() > sizeBytes) {
                throw new IOException(
                        "%s has %,d bytes, the namespace %,d."
                                .formatted(path, channel.size(), sizeBytes));
            }
            if (channel.size() < sizeBytes) {
                channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
            }
            return new FileStore(path, channel);
        } catch (IOException | RuntimeException error) {
            channel.close();
            throw error;
        }
    }

    private static FileChannel openChannel(Path path) throws IOException {
        try {
            return FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SPARSE);
        } catch (NoSuchFileException missing) {
            throw new IOException(
                    path
                            + " cannot be created: its directory does not exist. Create it, or give"
                            + " another path.",
                    missing);
        }
    }

    /** Two namespaces over one image would destroy it; the lock ends with the channel. */
    private static void lock(Path path, FileChannel channel) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            locked = false;
        }
        if (!locked) {
            throw new IOException(
                    path
                            + " is in use by another namespace. Stop that controller, or give another"
                            + " image.");
        }
    }

    private FileStore(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.holes = new FileHoles(path);
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment staging = arena.allocate(data.lengthBytes(), Long.BYTES);
            ByteBuffer buffer = staging.asByteBuffer();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, startByte + buffer.position()) < 0) {
                    throw new IOException("the file is shorter than the namespace");
                }
            }
            return data.toGuest(staging, 0, 0, data.lengthBytes()).isOk()
                    ? Status.SUCCESS
                    : Status.DATA_TRANSFER_ERROR;
        } catch (IOException error) {
            return failed("read", startByte, error, Status.UNRECOVERED_READ_ERROR);
        }
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment staging = arena.allocate(data.lengthBytes(), Long.BYTES);
            if (!data.fromGuest(staging, 0, 0, data.lengthBytes()).isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            writeFully(staging.asByteBuffer(), startByte);
            return durable ? flush() : Status.SUCCESS;
        } catch (IOException error) {
            return failed("write", startByte, error, Status.WRITE_FAULT);
        }
    }

    @Override
    public int zero(long startByte, long sizeBytes, boolean deallocate, boolean durable) {
        try {
            if (sizeBytes > 0 && !(deallocate && holes.punch(startByte, sizeBytes))) {
                writeZeros(startByte, sizeBytes);
            }
            return durable ? flush() : Status.SUCCESS;
        } catch (IOException error) {
            return failed("zero", startByte, error, Status.WRITE_FAULT);
        }
    }

    private void writeZeros(long startByte, long sizeBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(sizeBytes, ZEROS_BYTES_MAX));
        for (long done = 0; done < sizeBytes; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), sizeBytes - done));
            int piece = zeros.remaining();
            writeFully(zeros, startByte + done);
            done += piece;
        }
    }

    @Override
    public int flush() {
        try {
            channel.force(false);
            return Status.SUCCESS;
        } catch (IOException error) {
            return failed("flush", 0, error, Status.WRITE_FAULT);
        }
    }

    @Override
    public void close() {
        try (holes) {
            channel.force(true);
            channel.close();
        } catch (IOException error) {
            log.error("Closing {} failed; its last writes may be lost.", path, error);
        }
    }

    private void writeFully(ByteBuffer buffer, long startByte) throws IOException {
        int start = buffer.position();
        while (buffer.hasRemaining()) {
            channel.write(buffer, startByte + buffer.position() - start);
        }
    }

    private int failed(String operation, long startByte, IOException error, int status) {
        log.error("{} of {} at byte {} failed.", operation, path, startByte, error);
        return status;
    }
}
