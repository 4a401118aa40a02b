package io.doorbell.controller.namespace;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.Status;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/**
 * Keeps bytes in a raw image file: byte n of the namespace is byte n of the file. What was never
 * written is a hole. Flush and durable writes force the file to its disk.
 */
public final class FileStore implements BlockStore {
    private static final Logger log = LoggerFactory.getLogger(FileStore.class);

    private static final String DISK_FULL = "No space left on device"; // ENOSPC has no other name
    private static final long PROMPT_BYTES_MAX = 128 << 10; // some 30 us out of the page cache
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect((int) BlockLatches.SPAN_BYTES).asReadOnlyBuffer();

    private final Path path;
    private final FileChannel channel;
    private final FileHoles holes;
    private final long sizeBytes;
    private final BlockLatches latches = new BlockLatches();
    private final Promptness promptness;

    /**
     * Opens the image, or creates it; what it lacks of {@code sizeBytes} bytes becomes a hole.
     *
     * @param nanoTime tells how long the disk takes, in nanoseconds from any origin
     * @throws IOException if it cannot be opened, is longer than {@code sizeBytes} bytes, or is in
     *     use
     */
    public static FileStore open(Path path, long sizeBytes, LongSupplier nanoTime)
            throws IOException {
        FileChannel channel = openChannel(path);
        try {
            lock(path, channel);
            if (channel.size() > sizeBytes) {
                throw new IOException(
                        "%s has %,d bytes, the namespace %,d."
                                .formatted(path, channel.size(), sizeBytes));
            }
            if (channel.size() < sizeBytes) {
                extend(path, sizeBytes);
            }
            return new FileStore(path, channel, sizeBytes, nanoTime);
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

    private static void extend(Path path, long sizeBytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
    }

    /**
     * @param channel the image, opened and locked; tests have others
     */
    FileStore(Path path, FileChannel channel, long sizeBytes, LongSupplier nanoTime) {
        this.path = path;
        this.channel = channel;
        this.sizeBytes = sizeBytes;
        this.holes = new FileHoles(path);
        this.promptness = new Promptness(nanoTime);
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public boolean isPrompt(long bytes) {
        return bytes <= PROMPT_BYTES_MAX && promptness.isPrompt();
    }

    @Override
    public int read(long startByte, DataPointer data) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment staging = arena.allocate(data.lengthBytes(), Long.BYTES);
            int status = load(startByte, staging, data.lengthBytes());
            if (status != Status.SUCCESS) {
                return status;
            }
            return data.toGuest(staging, 0, 0, data.lengthBytes()).isOk()
                    ? Status.SUCCESS
                    : Status.DATA_TRANSFER_ERROR;
        }
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment staging = arena.allocate(data.lengthBytes(), Long.BYTES);
            if (!data.fromGuest(staging, 0, 0, data.lengthBytes()).isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            return save(startByte, staging, data.lengthBytes(), durable);
        }
    }

    @Override
    public int load(long startByte, MemorySegment target, long bytes) {
        try {
            for (long done = 0; done < bytes; ) {
                long piece = BlockLatches.piece(startByte + done, bytes - done);
                latches.acquire(startByte + done);
                try {
                    readFully(target.asSlice(done, piece).asByteBuffer(), startByte + done);
                } finally {
                    latches.release(startByte + done);
                }
                done += piece;
            }
            return Status.SUCCESS;
        } catch (IOException error) {
            return failed("read", startByte, error, Status.UNRECOVERED_READ_ERROR);
        }
    }

    @Override
    public int save(long startByte, MemorySegment source, long bytes, boolean durable) {
        try {
            for (long done = 0; done < bytes; ) {
                long piece = BlockLatches.piece(startByte + done, bytes - done);
                latches.acquire(startByte + done);
                try {
                    writeFully(source.asSlice(done, piece).asByteBuffer(), startByte + done);
                } finally {
                    latches.release(startByte + done);
                }
                done += piece;
            }
            return durable ? flush() : Status.SUCCESS;
        } catch (IOException error) {
            return failed("write", startByte, error, writeStatus(error));
        }
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long bytes,
            boolean durable) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(bytes, Long.BYTES);
            latches.acquire(startByte);
            try {
                readFully(block.asByteBuffer(), startByte);
                if (MemorySegment.mismatch(block, 0, bytes, expected, 0, bytes) >= 0) {
                    return Status.COMPARE_FAILURE;
                }
                writeFully(source.asSlice(0, bytes).asByteBuffer(), startByte);
            } finally {
                latches.release(startByte);
            }
            return durable ? flush() : Status.SUCCESS;
        } catch (IOException error) {
            return failed("compare and write", startByte, error, writeStatus(error));
        }
    }

    @Override
    public int verify(long startByte, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment span = arena.allocate(BlockLatches.SPAN_BYTES, Long.BYTES);
            int status = Status.SUCCESS;
            for (long done = 0; done < bytes && status == Status.SUCCESS; ) {
                long piece = BlockLatches.piece(startByte + done, bytes - done);
                status = load(startByte + done, span, piece);
                done += piece;
            }
            return status;
        }
    }

    @Override
    public int zero(long startByte, long bytes, boolean deallocate, boolean durable) {
        try {
            for (long done = 0; done < bytes; ) {
                long start = startByte + done;
                long spans = deallocate ? wholeSpans(start, bytes - done) : 0;
                if (spans > 0 && holes.punch(start, spans)) {
                    done += spans; // the kernel keeps pages, and so blocks, in one piece
                } else {
                    done += zeroSpan(start, bytes - done, deallocate);
                }
            }
            return durable ? flush() : Status.SUCCESS;
        } catch (IOException error) {
            return failed("zero", startByte, error, writeStatus(error));
        }
    }

    private static long wholeSpans(long startByte, long bytes) {
        return startByte % BlockLatches.SPAN_BYTES == 0
                ? bytes - bytes % BlockLatches.SPAN_BYTES
                : 0;
    }

    /** Zeroes up to the end of a span, or of the range; returns how many bytes that were. */
    private long zeroSpan(long startByte, long bytes, boolean deallocate) throws IOException {
        long piece = BlockLatches.piece(startByte, bytes);
        latches.acquire(startByte);
        try {
            if (!(deallocate && holes.punch(startByte, piece))) {
                writeFully(ZEROS.duplicate().limit((int) piece), startByte);
            }
        } finally {
            latches.release(startByte);
        }
        return piece;
    }

    @Override
    public void forEachExtent(ExtentVisitor visitor) {
        holes.forEachExtent(sizeBytes, visitor);
    }

    @Override
    public int flush() {
        try {
            channel.force(false);
            return Status.SUCCESS;
        } catch (IOException error) {
            return failed("flush", 0, error, writeStatus(error));
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

    private void readFully(ByteBuffer buffer, long startByte) throws IOException {
        long askedNanos = promptness.now();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, startByte + buffer.position()) < 0) {
                throw new IOException("the file is shorter than the namespace");
            }
        }
        promptness.answered(askedNanos);
    }

    private void writeFully(ByteBuffer buffer, long startByte) throws IOException {
        long askedNanos = promptness.now();
        int start = buffer.position();
        while (buffer.hasRemaining()) {
            channel.write(buffer, startByte + buffer.position() - start);
        }
        promptness.answered(askedNanos);
    }

    /** A full disk is a namespace without capacity, until something is deallocated. */
    private static int writeStatus(IOException error) {
        String message = error.getMessage();
        return message != null && message.contains(DISK_FULL)
                ? Status.CAPACITY_EXCEEDED
                : Status.WRITE_FAULT;
    }

    private int failed(String operation, long startByte, IOException error, int status) {
        log.error("{} of {} at byte {} failed.", operation, path, startByte, error);
        return status;
    }
}
