package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/**
 * A window on the MSI-X pending bits (PCIe 1.0 §3.5.2): one bit for each vector that has a message
 * to send but is masked, 64 to a qword.
 */
public final class MsixPendingBits {
    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public MsixPendingBits wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Bytes needed for {@code vectorCount} vectors: whole qwords. */
    public static int sizeBytes(int vectorCount) {
        return (vectorCount + Long.SIZE - 1) / Long.SIZE * Long.BYTES;
    }

    /** Whether {@code vector} has a message waiting. */
    public boolean isPending(int vector) {
        return (qword(vector) >>> vector & 1) != 0;
    }

    /** Sets or clears the bit of {@code vector}. */
    public MsixPendingBits pending(int vector, boolean pending) {
        long bit = 1L << vector;
        long others = qword(vector) & ~bit;
        LittleEndian.u64(memory, qwordOffsetBytes(vector), pending ? others | bit : others);
        return this;
    }

    private long qword(int vector) {
        return LittleEndian.u64(memory, qwordOffsetBytes(vector));
    }

    private long qwordOffsetBytes(int vector) {
        return offsetBytes + (long) (vector / Long.SIZE) * Long.BYTES;
    }
}
