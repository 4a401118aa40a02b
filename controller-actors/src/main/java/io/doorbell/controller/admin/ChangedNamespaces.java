package io.doorbell.controller.admin;

import io.doorbell.spec.identify.NamespaceList;

import java.lang.foreign.MemorySegment;
import java.util.TreeSet;

/** The Changed Namespace List (Base §5.16.1.5): which changed since the host read it last. */
final class ChangedNamespaces implements LogPages.Page {
    private final TreeSet<Integer> changed = new TreeSet<>(Integer::compareUnsigned);

    void add(int namespaceId) {
        changed.add(namespaceId);
    }

    boolean isEmpty() {
        return changed.isEmpty();
    }

    @Override
    public int sizeBytes() {
        return NamespaceList.SIZE_BYTES;
    }

    @Override
    public void fill(MemorySegment page) {
        NamespaceList list = new NamespaceList().wrap(page, 0);
        if (changed.size() > NamespaceList.NSID_COUNT) {
            list.namespaceId(0, NamespaceList.TOO_MANY_CHANGED);
            return;
        }
        int index = 0;
        for (int namespaceId : changed) {
            list.namespaceId(index++, namespaceId);
        }
    }

    @Override
    public void wasRead() {
        changed.clear();
    }
}
