package io.doorbell.controller.namespace;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The namespaces of a controller by id. Immutable. */
public final class NamespaceTable {
    private final @Nullable Namespace[] byId;
    private final boolean mayBlock;

    /**
     * @throws IllegalArgumentException if two have the same id
     */
    public NamespaceTable(List<Namespace> namespaces) {
        int highest = namespaces.stream().mapToInt(Namespace::id).max().orElse(0);
        byId = new Namespace[highest + 1];
        for (Namespace namespace : namespaces) {
            if (byId[namespace.id()] != null) {
                throw new IllegalArgumentException("Two namespaces have id " + namespace.id());
            }
            byId[namespace.id()] = namespace;
        }
        mayBlock = namespaces.stream().anyMatch(namespace -> namespace.store().mayBlock());
    }

    /** Whether some namespace's store may wait for a disk. */
    boolean mayBlock() {
        return mayBlock;
    }

    /** NN: the highest valid namespace id. */
    public int idMax() {
        return byId.length - 1;
    }

    /** The active namespace of this id (unsigned), or null. */
    public @Nullable Namespace find(int id) {
        return id > 0 && id < byId.length ? byId[id] : null;
    }

    /** True for 1 to NN, active or not (Base §3.2.1). */
    public boolean isValid(int id) {
        return id > 0 && id < byId.length;
    }
}
