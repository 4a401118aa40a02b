package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.IoFeatures;
import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.spec.Status;
import io.doorbell.spec.feature.AsynchronousEventConfiguration;
import io.doorbell.spec.feature.ErrorRecovery;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.VolatileWriteCache;
import io.doorbell.spec.log.AsynchronousEvent;

/** What happens when a feature has a new value (Base §5.27.1). */
final class FeatureActions implements FeatureCommands.Action {
    private final FeatureTable features;
    private final NamespaceTable namespaces;
    private final IoFeatures io;
    private final QueueActors actors;
    private final Background background;
    private final AsyncEvents events;
    private final Health health;
    private final ChangedNamespaces changed;
    private final KeepAlive keepAlive;
    private int listensTo; // feature 0Bh, as it was last acted on

    FeatureActions(
            FeatureTable features,
            NamespaceTable namespaces,
            IoFeatures io,
            QueueActors actors,
            Background background,
            AsyncEvents events,
            Health health,
            ChangedNamespaces changed,
            KeepAlive keepAlive) {
        this.features = features;
        this.namespaces = namespaces;
        this.io = io;
        this.actors = actors;
        this.background = background;
        this.events = events;
        this.health = health;
        this.changed = changed;
        this.keepAlive = keepAlive;
    }

    /** Acts on values that were saved before this epoch. */
    void onSaved() {
        io.writeCacheEnabled(isCacheEnabled());
        for (int id = 1; id <= namespaces.idMax(); id++) {
            FeatureKey key = new FeatureKey(FeatureId.ERROR_RECOVERY, 0, id);
            if (features.value(key) != 0) {
                setErrorRecovery(key);
            }
        }
        onEventsConfigured();
        health.onThresholdSet();
    }

    @Override
    public AdminOutcome onSet(PendingCommand command, FeatureKey key) {
        switch (key.feature()) {
            case FeatureId.INTERRUPT_COALESCING, FeatureId.INTERRUPT_VECTOR_CONFIGURATION ->
                    actors.configureInterrupts();
            case FeatureId.ARBITRATION -> actors.configureArbitration();
            case FeatureId.TEMPERATURE_THRESHOLD -> health.onThresholdSet();
            case FeatureId.ERROR_RECOVERY -> setErrorRecovery(key);
            case FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION -> onEventsConfigured();
            case FeatureId.KEEP_ALIVE_TIMER -> setKeepAlive(key);
            case FeatureId.VOLATILE_WRITE_CACHE -> {
                return setWriteCache(command);
            }
            default -> {} // the table is all that knows it
        }
        return AdminOutcome.SUCCESS;
    }

    private void setErrorRecovery(FeatureKey key) {
        boolean reports = ErrorRecovery.deallocatedErrors(features.value(key));
        io.deallocatedReadsFail(key.namespaceId(), reports);
    }

    private void setKeepAlive(FeatureKey key) {
        int granted = keepAlive.rounded(features.value(key));
        features.set(key, granted, false);
        keepAlive.timeout(granted);
    }

    /** A host that begins to listen hears of what is so already (Base §5.27.1.8). */
    private void onEventsConfigured() {
        int wanted = features.value(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION);
        int added = wanted & ~listensTo;
        listensTo = wanted;
        if ((added & AsynchronousEventConfiguration.TEMPERATURE) != 0
                && health.isTemperatureWarning()) {
            events.raise(AsynchronousEvent.TEMPERATURE_THRESHOLD);
        }
        if ((added & AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE) != 0
                && !changed.isEmpty()) {
            events.raise(AsynchronousEvent.NAMESPACE_ATTRIBUTE_CHANGED);
        }
    }

    private boolean isCacheEnabled() {
        return VolatileWriteCache.enabled(features.value(FeatureId.VOLATILE_WRITE_CACHE));
    }

    /** Without a cache every write is durable; what is in the cache becomes so now. */
    private AdminOutcome setWriteCache(PendingCommand command) {
        io.writeCacheEnabled(isCacheEnabled());
        if (isCacheEnabled()) {
            return AdminOutcome.SUCCESS;
        }
        background.afterIo(
                () ->
                        background.run(
                                this::flush, status -> command.finish(AdminOutcome.done(status))));
        return AdminOutcome.PENDING;
    }

    private int flush() {
        int status = Status.SUCCESS;
        for (int id = 1; id <= namespaces.idMax() && status == Status.SUCCESS; id++) {
            Namespace namespace = namespaces.find(id);
            status = namespace == null ? Status.SUCCESS : namespace.store().flush();
        }
        return status;
    }
}
