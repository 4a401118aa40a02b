package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/** Write Zeroes, NVM 08h (NVM 1.0 §3.2.8). Moves no data, so MDTS does not apply. */
public final class WriteZeroes {
    private static final BitField NLB = BitField.of(15, 0);
    private static final BitField STC = BitField.bit(24);
    private static final BitField DEAC = BitField.bit(25);
    private static final BitField PRINFO = BitField.of(29, 26);
    private static final BitField FUA = BitField.bit(30);
    private static final BitField LR = BitField.bit(31);
    private static final BitField APPTAG = BitField.of(15, 0);
    private static final BitField APPMASK = BitField.of(31, 16);

    private WriteZeroes() {}

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

    /** STC: check the storage tag. */
    public static boolean storageTagCheck(SubmissionEntry entry) {
        return STC.isSet(entry.cdw12());
    }

    /** Sets STC. */
    public static SubmissionEntry storageTagCheck(SubmissionEntry entry, boolean storageTagCheck) {
        return entry.cdw12(STC.set(entry.cdw12(), storageTagCheck));
    }

    /** DEAC: deallocate the blocks if they then read as zeros. */
    public static boolean deallocate(SubmissionEntry entry) {
        return DEAC.isSet(entry.cdw12());
    }

    /** Sets DEAC. */
    public static SubmissionEntry deallocate(SubmissionEntry entry, boolean deallocate) {
        return entry.cdw12(DEAC.set(entry.cdw12(), deallocate));
    }

    /** PRINFO: bit 3 PRACT, bits 2:0 check guard, application tag, reference tag. */
    public static int protectionInfo(SubmissionEntry entry) {
        return PRINFO.get(entry.cdw12());
    }

    /** Sets PRINFO. */
    public static SubmissionEntry protectionInfo(SubmissionEntry entry, int protectionInfo) {
        return entry.cdw12(PRINFO.set(entry.cdw12(), protectionInfo));
    }

    /** FUA: data is on non-volatile media before completion. */
    public static boolean forceUnitAccess(SubmissionEntry entry) {
        return FUA.isSet(entry.cdw12());
    }

    /** Sets FUA. */
    public static SubmissionEntry forceUnitAccess(SubmissionEntry entry, boolean forceUnitAccess) {
        return entry.cdw12(FUA.set(entry.cdw12(), forceUnitAccess));
    }

    /** LR: spend only limited effort on errors. */
    public static boolean limitedRetry(SubmissionEntry entry) {
        return LR.isSet(entry.cdw12());
    }

    /** Sets LR. */
    public static SubmissionEntry limitedRetry(SubmissionEntry entry, boolean limitedRetry) {
        return entry.cdw12(LR.set(entry.cdw12(), limitedRetry));
    }

    /** ILBRT or EILBRT: the reference tag of the first block. */
    public static int referenceTag(SubmissionEntry entry) {
        return entry.cdw14();
    }

    /** Sets REFTAG. */
    public static SubmissionEntry referenceTag(SubmissionEntry entry, int referenceTag) {
        return entry.cdw14(referenceTag);
    }

    /** LBAT or ELBAT: the application tag. */
    public static int applicationTag(SubmissionEntry entry) {
        return APPTAG.get(entry.cdw15());
    }

    /** Sets APPTAG. */
    public static SubmissionEntry applicationTag(SubmissionEntry entry, int applicationTag) {
        return entry.cdw15(APPTAG.set(entry.cdw15(), applicationTag));
    }

    /** LBATM or ELBATM: which bits of the application tag count. */
    public static int applicationTagMask(SubmissionEntry entry) {
        return APPMASK.get(entry.cdw15());
    }

    /** Sets APPMASK. */
    public static SubmissionEntry applicationTagMask(
            SubmissionEntry entry, int applicationTagMask) {
        return entry.cdw15(APPMASK.set(entry.cdw15(), applicationTagMask));
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
