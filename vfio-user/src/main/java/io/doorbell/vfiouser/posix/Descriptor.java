package io.doorbell.vfiouser.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The owner of one descriptor. What it is, a memory file or an event descriptor, is for whoever
 * received it to know.
 *
 * <p>Threads: any; a use and {@link #close} exclude each other, so that no use meets a number that
 * was handed out again.
 */
public final class Descriptor implements AutoCloseable {
    private static final MemorySegment ONE = one();
    private static final MemorySegment COUNT = Arena.global().allocate(JAVA_LONG); // read by nobody
    private static final int CLOSED = -1;

    private int number;

    Descriptor(int number) {
        this.number = number;
    }

    private static MemorySegment one() {
        MemorySegment one = Arena.global().allocate(JAVA_LONG);
        one.set(JAVA_LONG, 0, 1);
        return one.asReadOnly();
    }

    /** An event descriptor at 0. */
    public static Descriptor event() throws PosixException {
        return new Descriptor(Posix.checked("eventfd", Posix.eventfd()));
    }

    /** A memory file of so many zeros. */
    public static Descriptor memoryFile(String name, long sizeBytes) throws PosixException {
        Descriptor file = new Descriptor(Posix.checked("memfd_create", Posix.memfdCreate(name)));
        try {
            file.resize(sizeBytes);
            return file;
        } catch (PosixException refused) {
            file.close();
            throw refused;
        }
    }

    /**
     * Adds 1 to an event descriptor. Nobody may be listening any more, which is theirs to know; a
     * descriptor that is no event descriptor, or was closed, is left alone.
     *
     * @return whether it was taken
     */
    public synchronized boolean signal() {
        return number != CLOSED && Posix.write(number, ONE) == Long.BYTES;
    }

    /** Takes what an event descriptor has counted, and sets it back to 0. */
    public synchronized long takeEvents() throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            long result = Posix.read(open(), count);
            return result == Long.BYTES ? count.get(JAVA_LONG, 0) : 0;
        }
    }

    /** Sets an event descriptor back to 0. */
    synchronized void clearEvents() {
        if (number != CLOSED) {
            long _ = Posix.read(number, COUNT);
        }
    }

    /** What tells this file from others, whatever descriptor it is reached by. */
    public synchronized FileIdentity identity() throws PosixException {
        Posix.FileStatus status = Posix.fstat(open());
        return new FileIdentity(status.device(), status.inode());
    }

    /** Length of the file. */
    public synchronized long sizeBytes() throws PosixException {
        return Posix.fstat(open()).sizeBytes();
    }

    /**
     * Sees to it that nobody can make the file shorter: whoever accesses a mapping beyond the end
     * of its file ends the JVM.
     *
     * @return false if it cannot be; only memory files can, and not those that exclude it
     */
    public synchronized boolean sealAgainstShrinking() {
        return Posix.sealAgainstShrinking(open());
    }

    /** Makes the file longer, by zeros, or shorter. */
    public synchronized void resize(long newSizeBytes) throws PosixException {
        int _ = Posix.checked("ftruncate", Posix.ftruncate(open(), newSizeBytes));
    }

    /**
     * Maps the first bytes of the file, shared with all who map it, until {@code arena} is closed.
     * The mapping outlives the descriptor.
     *
     * @param writable false for a file that was opened for reading; stores would then end the JVM,
     *     so the segment is read-only as well
     */
    public synchronized MemorySegment map(long sizeBytes, boolean writable, Arena arena)
            throws PosixException {
        MemorySegment mapped = Posix.mmap(open(), sizeBytes, writable, arena);
        return writable ? mapped : mapped.asReadOnly();
    }

    /** The number, for a message that carries it; the receiver gets its own. */
    synchronized int number() {
        return open();
    }

    private int open() {
        if (number == CLOSED) {
            throw new IllegalStateException("The descriptor was closed.");
        }
        return number;
    }

    @Override
    public synchronized void close() {
        if (number != CLOSED) {
            int _ = Posix.close(number); // whatever it says, the number is free
            number = CLOSED;
        }
    }
}
