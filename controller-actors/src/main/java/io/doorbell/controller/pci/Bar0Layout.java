package io.doorbell.controller.pci;

import io.doorbell.spec.Doorbells;
import io.doorbell.spec.pci.BaseAddress;
import io.doorbell.spec.pci.MsixPendingBits;
import io.doorbell.spec.pci.MsixTableEntry;

/**
 * What lies where in BAR0 (PCIe §3.1.2, §3.8).
 *
 * <pre>
 *  0h         1000h        table offset      pending offset        size
 *  | registers | doorbells  | MSI-X table     | pending bits         |
 * </pre>
 *
 * @param queueIdMax highest queue id with a doorbell
 * @param doorbellStride CAP.DSTRD
 * @param vectorCount 1 to 2,048
 */
public record Bar0Layout(int queueIdMax, int doorbellStride, int vectorCount) {
    long doorbellsEnd() {
        return Doorbells.bytesNeeded(queueIdMax, doorbellStride);
    }

    long tableOffset() {
        return BaseAddress.msixTableOffsetBytes(queueIdMax, doorbellStride);
    }

    long tableEnd() {
        return tableOffset() + (long) vectorCount * MsixTableEntry.SIZE_BYTES;
    }

    long pendingOffset() {
        return BaseAddress.msixPendingBitsOffsetBytes(queueIdMax, doorbellStride, vectorCount);
    }

    long pendingEnd() {
        return pendingOffset() + MsixPendingBits.sizeBytes(vectorCount);
    }

    /** Size of the BAR: a power of two, 16 KiB at least. */
    long sizeBytes() {
        return BaseAddress.bar0SizeBytes(queueIdMax, doorbellStride, vectorCount);
    }
}
