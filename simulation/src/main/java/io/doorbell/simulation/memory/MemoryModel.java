package io.doorbell.simulation.memory;

/** How weak a host's memory is. */
public enum MemoryModel {
    /** Every store is seen at once, every load sees the last store. */
    STRONG,
    /** As on x86: stores are seen in order, but maybe after later loads of the same CPU. */
    TOTAL_STORE_ORDER,
    /** As on Arm: without a fence between them stores are seen, and loads done, in any order. */
    WEAK
}
