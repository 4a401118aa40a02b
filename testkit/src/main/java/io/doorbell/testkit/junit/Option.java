package io.doorbell.testkit.junit;

import io.doorbell.testkit.conformance.DeviceShape;

/** What a controller may offer or ask for, and may not. */
public enum Option {
    /** CAP.CQR; the usual device takes queues in pieces. */
    CONTIGUOUS_QUEUES_REQUIRED,
    /** CAP.AMS bit 0. */
    WEIGHTED_ROUND_ROBIN,
    /** CAP.NSSRS. */
    SUBSYSTEM_RESET,
    /** OACS bit 8. */
    SHADOW_DOORBELLS,
    /** SGLS not 0. */
    SCATTER_GATHER_LISTS,
    /** OACS bit 3. */
    NAMESPACE_MANAGEMENT;

    DeviceShape set(DeviceShape shape, boolean value) {
        return switch (this) {
            case CONTIGUOUS_QUEUES_REQUIRED -> shape.withContiguousQueuesRequired(value);
            case WEIGHTED_ROUND_ROBIN -> shape.withWeightedRoundRobin(value);
            case SUBSYSTEM_RESET -> shape.withSubsystemReset(value);
            case SHADOW_DOORBELLS -> shape.withShadowDoorbells(value);
            case SCATTER_GATHER_LISTS -> shape.withScatterGatherLists(value);
            case NAMESPACE_MANAGEMENT -> shape.withNamespaceManagement(value);
        };
    }
}
