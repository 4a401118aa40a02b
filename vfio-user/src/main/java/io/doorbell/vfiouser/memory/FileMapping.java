package io.doorbell.vfiouser.memory;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.FileIdentity;
import io.doorbell.vfiouser.posix.PosixException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A file that lies in our address space, all of it, however many regions are parts of it. It is
 * sealed against shrinking if it can be, as memory files can: an access beyond the end of a file
 * ends as {@link io.doorbell.bus.memory.DmaStatus#ABORTED} when data is moved, but one to a queue
 * ends the process.
 */
final class FileMapping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileMapping.class);

    private final FileIdentity identity;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private int regions; // that are parts of it

    /** Maps the file as it is now; the descriptor may be closed afterwards. */
    FileMapping(FileIdentity identity, Descriptor file, boolean forStores) throws PosixException {
        this.identity = identity;
        if (!file.sealAgainstShrinking()) {
            log.warn(
                    "The client's memory lies in a file that cannot be sealed; whoever makes it"
                            + " shorter ends this server. A memory file could be sealed.");
        }
        this.memory = map(file, forStores);
    }

    /** For stores whenever possible: the next region of the file may want them. */
    private MemorySegment map(Descriptor file, boolean forStores) throws PosixException {
        try {
            return file.map(file.sizeBytes(), true, arena);
        } catch (PosixException refused) {
            if (forStores) {
                throw refused;
            }
            return file.map(file.sizeBytes(), false, arena);
        }
    }

    /** Whether regions of this file, with this access, can be parts of it. */
    boolean suits(FileIdentity file, boolean forStores, long endOffset) {
        return identity.equals(file)
                && endOffset <= memory.byteSize()
                && !(forStores && memory.isReadOnly());
    }

    /** A part, read-only unless it may be stored to. */
    MemorySegment part(long offset, long sizeBytes, boolean writable) {
        MemorySegment part = memory.asSlice(offset, sizeBytes);
        return writable ? part : part.asReadOnly();
    }

    long sizeBytes() {
        return memory.byteSize();
    }

    void regionAdded() {
        regions++;
    }

    void regionRemoved() {
        regions--;
    }

    boolean isUnused() {
        return regions == 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
