package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Read 02h, Write 01h, Compare 05h and Verify 0Ch (NVM 1.0 §3.2.4, §3.2.6, §3.2.1, §3.2.5).
 * Directive and hint fields only mean something to Read and Write.
 */
public final class ReadWrite {
    private static final BitField NLB = BitField.of(15, 0);
    private static final BitField DTYPE = BitField.of(23, 20);
    private static final BitField STC = BitField.bit(24);
    private static final BitField PRINFO = BitField.of(29, 26);
    private static final BitField FUA = BitField.bit(30);
    private static final BitField LR = BitField.bit(31);
    private static final BitField DSM = BitField.of(7, 0);
    private static final BitField DSPEC = BitField.of(31, 16);
    private static final BitField APPTAG = BitField.of(15, 0);
    private static final BitField APPMASK = BitField.of(31, 16);

    private ReadWrite() {}

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

    /** DTYPE: directive of a Write, 0 for none. */
    public static int directiveType(SubmissionEntry entry) {
        return DTYPE.get(entry.cdw12());
    }

    /** Sets DTYPE. */
    public static SubmissionEntry directiveType(SubmissionEntry entry, int directiveType) {
        return entry.cdw12(DTYPE.set(entry.cdw12(), directiveType));
    }

    /** STC: check the storage tag. */
    public static boolean storageTagCheck(SubmissionEntry entry) {
        return STC.isSet(entry.cdw12());
    }

    /** Sets STC. */
    public static SubmissionEntry storageTagCheck(SubmissionEntry entry, boolean storageTagCheck) {
        return entry.cdw12(STC.set(entry.cdw12(), storageTagCheck));
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

    /** DSM: access frequency 3:0, latency 5:4, sequential 6, incompressible 7; may be ignored. */
    public static int accessHints(SubmissionEntry entry) {
        return DSM.get(entry.cdw13());
    }

    /** Sets DSM. */
    public static SubmissionEntry accessHints(SubmissionEntry entry, int accessHints) {
        return entry.cdw13(DSM.set(entry.cdw13(), accessHints));
    }

    /** DSPEC: what DTYPE defines. */
    public static int directiveSpecific(SubmissionEntry entry) {
        return DSPEC.get(entry.cdw13());
    }

    /** Sets DSPEC. */
    public static SubmissionEntry directiveSpecific(SubmissionEntry entry, int directiveSpecific) {
        return entry.cdw13(DSPEC.set(entry.cdw13(), directiveSpecific));
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
