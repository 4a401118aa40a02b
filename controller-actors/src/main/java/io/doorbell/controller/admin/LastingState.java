package io.doorbell.controller.admin;

import java.util.function.LongSupplier;

/** What a controller remembers from one epoch to the next, resets or not. */
public final class LastingState {
    private final LongSupplier nanoTime;
    private final long builtAtNanos;
    private final ErrorLog errors = new ErrorLog();
    private final SavedFeatures savedFeatures = new SavedFeatures();
    private final ChangedNamespaces changedNamespaces = new ChangedNamespaces();

    /** What a controller remembers that was just powered on. */
    public LastingState(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.builtAtNanos = nanoTime.getAsLong();
    }

    ErrorLog errors() {
        return errors;
    }

    SavedFeatures savedFeatures() {
        return savedFeatures;
    }

    ChangedNamespaces changedNamespaces() {
        return changedNamespaces;
    }

    /** Nanoseconds since power on. */
    long nanosSincePowerOn() {
        return nanoTime.getAsLong() - builtAtNanos;
    }
}
