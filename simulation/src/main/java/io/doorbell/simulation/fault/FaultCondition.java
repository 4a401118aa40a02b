package io.doorbell.simulation.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What must be the case for an event to count, as seen on the bus. */
public enum FaultCondition {
    ALWAYS,
    /** Some completion queue has no room. */
    CQ_FULL,
    /** Some submission queue has no room. */
    SQ_FULL,
    /** Some interrupt vector is masked, or all are. */
    MASKED,
    /** The controller is on its way from one state of CC.EN to the other. */
    IN_RESET,
    /** Some I/O command was fetched and is not completed. */
    IN_FLIGHT,
    /** Doorbells are published through shadow buffers. */
    SHADOWED,
    /** Commands were fetched from two I/O queues or more and are not completed. */
    CROWDED;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FaultCondition::word).toList();
    }
}
