package io.doorbell.simulation.memory;

import io.doorbell.bus.memory.DmaStatus;

/** What goes wrong with accesses of one side. Asked once for each. */
public interface DmaFaults {
    /** Nothing goes wrong. */
    DmaFaults NONE = new DmaFaults() {};

    /** How a load ends before it is tried. */
    default DmaStatus onRead(long address, long sizeBytes) {
        return DmaStatus.OK;
    }

    /** How a store ends before it is tried. */
    default DmaStatus onWrite(long address, long sizeBytes) {
        return DmaStatus.OK;
    }

    /** Whether a store is lost on its way, and nobody is told. */
    default boolean losesWrite(long address, long sizeBytes) {
        return false;
    }
}
