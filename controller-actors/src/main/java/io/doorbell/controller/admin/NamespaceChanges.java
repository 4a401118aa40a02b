package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.spec.log.AsynchronousEvent;

import java.util.BitSet;
import java.util.List;

/** Which namespaces are being changed, and what the host is told when they were (Base §5.2). */
final class NamespaceChanges {
    private final BitSet busy = new BitSet(); // by namespace id
    private final ChangedNamespaces changed;
    private final AsyncEvents events;
    private final FeatureTable features;

    NamespaceChanges(ChangedNamespaces changed, AsyncEvents events, FeatureTable features) {
        this.changed = changed;
        this.events = events;
        this.features = features;
    }

    /** Another command is still at work on the namespace. */
    boolean isBusy(Namespace namespace) {
        return busy.get(namespace.id());
    }

    void begin(Namespace namespace) {
        busy.set(namespace.id());
    }

    void end(Namespace namespace) {
        busy.clear(namespace.id());
    }

    /** The next namespace of this id begins with default features. */
    void forget(Namespace namespace) {
        features.forgetNamespace(namespace.id());
    }

    /** What Identify says of these namespaces is different now. */
    void announce(List<Namespace> namespaces) {
        if (!namespaces.isEmpty()) {
            namespaces.forEach(namespace -> changed.add(namespace.id()));
            events.raise(AsynchronousEvent.NAMESPACE_ATTRIBUTE_CHANGED);
        }
    }
}
