package io.doorbell.simulation.fault;

/** Runs what a fault puts off. */
@FunctionalInterface
public interface Later {
    /** Runs a task after some time, outside all actors. */
    void after(long nanos, Runnable task);
}
