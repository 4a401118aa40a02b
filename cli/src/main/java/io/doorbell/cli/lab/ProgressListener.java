package io.doorbell.cli.lab;

import java.util.function.LongSupplier;

/** Told how far a run has come. */
@FunctionalInterface
public interface ProgressListener {
    /** Does not want to know. */
    ProgressListener NONE = (name, operationsTotal, operationsDone) -> {};

    /**
     * A stage begins, and the one before it has ended.
     *
     * @param name a few words: "Replaying linux-ext4-life.iolog"
     * @param operationsTotal 0 if nobody knows
     * @param operationsDone asked a few times a second from another thread, until the next stage or
     *     the end of the run; so the hot path pays for its own counter and for nothing else
     */
    void stage(String name, long operationsTotal, LongSupplier operationsDone);
}
