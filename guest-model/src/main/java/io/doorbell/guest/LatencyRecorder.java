package io.doorbell.guest;

import io.doorbell.guest.workload.Operation;

/** Takes the time of each I/O, from its ring to its completion. Used by one queue only. */
@FunctionalInterface
public interface LatencyRecorder {
    /** Records nothing. */
    LatencyRecorder NONE = (_, _) -> {};

    void record(Operation operation, long nanos);
}
