package io.doorbell.simulation.observe;

/** The memory of a machine with every store in it, seen by nobody of the machine. */
public interface WorldMemory {
    /** Bytes of memory from address 0. */
    long sizeBytes();

    /** The qword at a multiple of 8, little-endian. */
    long getLong(long address);

    /** Copies bytes out. */
    void copy(long address, byte[] target, int offset, int sizeBytes);
}
