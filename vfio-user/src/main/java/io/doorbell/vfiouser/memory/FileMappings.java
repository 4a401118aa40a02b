package io.doorbell.vfiouser.memory;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.FileIdentity;
import io.doorbell.vfiouser.posix.PosixException;

import java.util.ArrayList;
import java.util.List;

/**
 * One mapping for each file, so that a region more costs a slice and no system call.
 *
 * <p>Firmware unmaps all of its memory and maps it again while a controller may be enabled, so a
 * file that no region uses is kept for a while: windows on it stay what they were.
 */
final class FileMappings implements AutoCloseable {
    /** Files kept though no region uses them; a virtual machine has a handful in all. */
    static final int UNUSED_MAX = 16;

    /** Files at a time; the system limits mappings, and the JVM needs some of its own. */
    static final int FILES_MAX = 1024;

    private final List<FileMapping> mappings = new ArrayList<>(); // the longest unused first

    /**
     * The mapping that a region can be a part of.
     *
     * @param endOffset where in the file the region ends
     * @throws BadRegionException if there are too many files
     * @throws PosixException if the file cannot be mapped
     */
    FileMapping of(Descriptor file, boolean forStores, long endOffset)
            throws BadRegionException, PosixException {
        FileIdentity identity = file.identity();
        for (FileMapping mapping : mappings) {
            if (mapping.suits(identity, forStores, endOffset)) {
                return mapping;
            }
        }
        if (mappings.size() == FILES_MAX) {
            throw new BadRegionException(
                    "There are %,d files with regions already.".formatted(FILES_MAX));
        }
        FileMapping mapping = new FileMapping(identity, file, forStores);
        mappings.add(mapping);
        return mapping;
    }

    /** To be called when a region was removed. */
    void removed(FileMapping mapping) {
        mapping.regionRemoved();
        if (mapping.isUnused()) {
            mappings.remove(mapping);
            mappings.add(mapping);
            long unused = mappings.stream().filter(FileMapping::isUnused).count();
            if (unused > UNUSED_MAX) {
                closeOldestUnused();
            }
        }
    }

    private void closeOldestUnused() {
        for (FileMapping mapping : mappings) {
            if (mapping.isUnused()) {
                mappings.remove(mapping);
                mapping.close();
                return;
            }
        }
    }

    int count() {
        return mappings.size();
    }

    @Override
    public void close() {
        mappings.forEach(FileMapping::close);
        mappings.clear();
    }
}
