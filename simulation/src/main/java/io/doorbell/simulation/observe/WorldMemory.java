package io.doorbell.simulation.observe;

/**
 * The memory of a machine as the device would find it: with every store of the device in it, and
 * those of the host that can be seen. Looking changes nothing.
 */
public interface WorldMemory {
    /** Bytes of memory from address 0. */
    long sizeBytes();

    /** The qword at a multiple of 8, little-endian. */
    long getLong(long address);

    /** Copies bytes out. */
    void copy(long address, byte[] target, int offset, int sizeBytes);
}
