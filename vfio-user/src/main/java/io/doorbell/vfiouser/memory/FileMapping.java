package io.doorbell.vfiouser.memory;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.FileIdentity;
import io.doorbell.vfiouser.posix.PosixException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A file that lies in our address space, all of it, however many regions are parts of it. */
final class FileMapping implements AutoCloseable {
    private final FileIdentity identity;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private int regions; // that are parts of it

    /** Maps the file as it is now; the descriptor may be closed afterwards. */
    FileMapping(FileIdentity identity, Descriptor file, boolean forStores) throws PosixException {
        this.identity = identity;
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
