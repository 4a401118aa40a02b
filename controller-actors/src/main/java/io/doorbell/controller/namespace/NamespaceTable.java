package io.doorbell.controller.namespace;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The namespaces of a controller by id. Every shard looks them up; only the admin commands change
 * them.
 *
 * <pre>
 *  unallocated ──create──▶ allocated ──attach──▶ active
 *              ◀──delete──           ◀──detach──
 * </pre>
 */
public final class NamespaceTable implements AutoCloseable {
    private final AtomicReferenceArray<@Nullable Namespace> active;
    private final @Nullable Namespace[] allocated;
    private volatile boolean mayBlock;
    private final @Nullable SpareCapacity spare;
    private long unallocatedBytes;
    private long created; // namespaces, since the beginning

    /**
     * Namespaces that cannot be created or deleted.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public NamespaceTable(List<Namespace> namespaces) {
        this(namespaces, null);
    }

    /**
     * @param spare what new namespaces are made of; null allows none
     * @throws IllegalArgumentException if two namespaces have the same id
     */
    public NamespaceTable(List<Namespace> namespaces, @Nullable SpareCapacity spare) {
        int highest = namespaces.stream().mapToInt(Namespace::id).max().orElse(0);
        int idMax = Math.max(highest, spare == null ? 0 : spare.namespaceIdMax());
        active = new AtomicReferenceArray<>(idMax + 1);
        allocated = new Namespace[idMax + 1];
        for (Namespace namespace : namespaces) {
            if (allocated[namespace.id()] != null) {
                throw new IllegalArgumentException("Two namespaces have id " + namespace.id());
            }
            allocated[namespace.id()] = namespace;
            active.set(namespace.id(), namespace);
        }
        mayBlock = namespaces.stream().anyMatch(namespace -> namespace.store().mayBlock());
        this.spare = spare;
        this.unallocatedBytes = spare == null ? 0 : spare.sizeBytes();
    }

    /** Whether some namespace's store may wait for a disk. */
    boolean mayBlock() {
        return mayBlock;
    }

    /** NN: the highest valid namespace id. */
    public int idMax() {
        return allocated.length - 1;
    }

    /** The active namespace of this id (unsigned), or null. */
    public @Nullable Namespace find(int id) {
        return isValid(id) ? active.get(id) : null;
    }

    /** True for 1 to NN, active or not (Base §3.2.1). */
    public boolean isValid(int id) {
        return id > 0 && id < allocated.length;
    }

    // ---- what only admin commands use --------------------------------------------------------

    /** The namespace of this id, attached or not, or null. */
    public @Nullable Namespace findAllocated(int id) {
        return isValid(id) ? allocated[id] : null;
    }

    /** What new namespaces are made of, or null if there can be none. */
    public @Nullable SpareCapacity spare() {
        return spare;
    }

    /** UNVMCAP. */
    public long unallocatedBytes() {
        return unallocatedBytes;
    }

    /** TNVMCAP: all namespaces and what is left. */
    public long totalBytes() {
        long total = unallocatedBytes;
        for (Namespace namespace : allocated) {
            total += namespace == null ? 0 : sizeBytes(namespace);
        }
        return total;
    }

    private static long sizeBytes(Namespace namespace) {
        return namespace.blockCount() << namespace.blockSizeLog2();
    }

    /** The lowest id that no namespace has, or 0. */
    public int freeId() {
        for (int id = 1; id < allocated.length; id++) {
            if (allocated[id] == null) {
                return id;
            }
        }
        return 0;
    }

    /** Identifies a new namespace, unlike all before it. */
    public UUID newUuid(UUID subsystem) {
        created++;
        return new UUID(
                subsystem.getMostSignificantBits(), subsystem.getLeastSignificantBits() + created);
    }

    /** A new namespace takes its share of the unallocated capacity; it is attached to nobody. */
    public void create(Namespace namespace) {
        allocated[namespace.id()] = namespace;
        unallocatedBytes -= sizeBytes(namespace);
        mayBlock |= namespace.store().mayBlock();
    }

    /** The namespace is gone; nobody may use its store any more. */
    public void delete(Namespace namespace) {
        allocated[namespace.id()] = null;
        unallocatedBytes += sizeBytes(namespace);
        namespace.store().close();
    }

    /** I/O commands find the namespace from now on. */
    public void attach(Namespace namespace) {
        active.set(namespace.id(), namespace);
    }

    /** No I/O command that begins after this finds the namespace. */
    public void detach(int id) {
        active.set(id, null);
    }

    /** A reset has ended whatever format was going on. */
    public void abandonFormats() {
        for (Namespace namespace : allocated) {
            if (namespace != null) {
                namespace.abandonFormat();
            }
        }
    }

    /** Closes the store of every namespace. */
    @Override
    public void close() {
        for (Namespace namespace : allocated) {
            if (namespace != null) {
                namespace.store().close();
            }
        }
    }
}
