package io.doorbell.bus.memory;

/**
 * How an access to guest memory ended. A value, never an exception: the addresses are a guest's.
 */
public enum DmaStatus {
    /** Every byte was moved. */
    OK,
    /** Some byte lies in no region. Nothing, or the bytes before it, were moved. */
    UNMAPPED,
    /** A store met a region that may only be read. Nothing, or the bytes before it, were moved. */
    READ_ONLY,
    /** The bus gave no answer, or an error. Nothing, or the bytes before it, were moved. */
    ABORTED;

    /** True when every byte was moved. */
    public boolean isOk() {
        return this == OK;
    }
}
