package io.doorbell.controller;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Flushes every namespace once, as a shutdown asks for, and ends. It may wait for a disk. */
final class CacheFlush {
    /**
     * @param shutdown as it was given
     */
    record Done(long shutdown) {}

    private CacheFlush() {}

    static Behavior<Void> create(NamespaceTable namespaces, long shutdown, ActorRef<Done> replyTo) {
        return Behaviors.setup(
                _ -> {
                    for (int id = 1; id <= namespaces.idMax(); id++) {
                        Namespace namespace = namespaces.find(id);
                        if (namespace != null) {
                            namespace.store().flush();
                        }
                    }
                    replyTo.tell(new Done(shutdown));
                    return Behaviors.stopped();
                });
    }
}
