package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Write Uncorrectable, NVM 04h (NVM 1.0 §3.2.7). The blocks fail with Unrecovered Read Error until
 * written again.
 */
public final class WriteUncorrectable {
    private static final BitField NLB = BitField.of(15, 0);

    private WriteUncorrectable() {}

    /** SLBA: the first logical block. */
    public static long startingLba(SubmissionEntry entry) {
        return Integer.toUnsignedLong(entry.cdw10()) | (long) entry.cdw11() << 32;
    }

    /** Sets SLBA. */
    public static SubmissionEntry startingLba(SubmissionEntry entry, long startingLba) {
        return entry.cdw10((int) startingLba).cdw11((int) (startingLba >>> 32));
    }

    /** NLB: logical blocks, counted from zero. */
    public static int blockCountZeroBased(SubmissionEntry entry) {
        return NLB.get(entry.cdw12());
    }

    /** Sets NLB. */
    public static SubmissionEntry blockCountZeroBased(
            SubmissionEntry entry, int blockCountZeroBased) {
        return entry.cdw12(NLB.set(entry.cdw12(), blockCountZeroBased));
    }

    /** Logical blocks, 1 to 65,536. */
    public static int blockCount(SubmissionEntry entry) {
        return blockCountZeroBased(entry) + 1;
    }

    /** Sets NLB from a count of 1 to 65,536 blocks. */
    public static SubmissionEntry blockCount(SubmissionEntry entry, int blockCount) {
        return blockCountZeroBased(entry, blockCount - 1);
    }
}
