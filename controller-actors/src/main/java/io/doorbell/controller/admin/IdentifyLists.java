package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.ControllerList;
import io.doorbell.spec.identify.NamespaceList;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/** The lists of namespaces and controllers that Identify returns (Base §5.17.2). */
final class IdentifyLists {
    private final NamespaceTable namespaces;
    private final int controllerId;

    /**
     * @param controllerId CNTLID of the only controller
     */
    IdentifyLists(NamespaceTable namespaces, int controllerId) {
        this.namespaces = namespaces;
        this.controllerId = controllerId;
    }

    /** CNS 02h: ids of active namespaces above {@code after}. */
    int active(int after, MemorySegment page) {
        return namespaces(after, namespaces::find, page);
    }

    /** CNS 10h: ids of allocated namespaces above {@code after}. */
    int allocated(int after, MemorySegment page) {
        return namespaces(after, namespaces::findAllocated, page);
    }

    private int namespaces(int after, IntFunction<@Nullable Namespace> finder, MemorySegment page) {
        if (!NamespaceId.isListStart(after)) {
            return Status.doNotRetry(Status.INVALID_NAMESPACE_OR_FORMAT);
        }
        NamespaceList list = new NamespaceList().wrap(page, 0);
        int count = 0;
        for (int id = after + 1; id > 0 && id <= namespaces.idMax(); id++) {
            if (finder.apply(id) != null && count < NamespaceList.NSID_COUNT) {
                list.namespaceId(count++, id);
            }
        }
        return Status.SUCCESS;
    }

    /** CNS 12h: the controllers from {@code first} on that a namespace is attached to. */
    int attached(int namespaceId, int first, MemorySegment page) {
        if (!namespaces.isValid(namespaceId)) {
            return Status.doNotRetry(Status.INVALID_NAMESPACE_OR_FORMAT);
        }
        return namespaces.find(namespaceId) == null ? Status.SUCCESS : controllers(first, page);
    }

    /** CNS 13h: the controllers of the subsystem from {@code first} on. */
    int controllers(int first, MemorySegment page) {
        if (first <= controllerId) {
            new ControllerList().wrap(page, 0).count(1).controllerId(0, controllerId);
        }
        return Status.SUCCESS;
    }
}
