package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Copy, NVM 19h (NVM 1.0 §3.2.2). The data is an array of {@link CopyRange}. If it fails,
 * completion DW0 is the lowest range that was not copied.
 */
public final class Copy {
    private static final BitField NR = BitField.of(7, 0);
    private static final BitField DESFMT = BitField.of(11, 8);
    private static final BitField PRINFOR = BitField.of(15, 12);
    private static final BitField DTYPE = BitField.of(23, 20);
    private static final BitField STCW = BitField.bit(24);
    private static final BitField PRINFOW = BitField.of(29, 26);
    private static final BitField FUA = BitField.bit(30);
    private static final BitField LR = BitField.bit(31);
    private static final BitField DSPEC = BitField.of(31, 16);
    private static final BitField APPTAG = BitField.of(15, 0);
    private static final BitField APPMASK = BitField.of(31, 16);

    private Copy() {}

    /** SDLBA: the first logical block to write. */
    public static long destinationLba(SubmissionEntry entry) {
        return Integer.toUnsignedLong(entry.cdw10()) | (long) entry.cdw11() << 32;
    }

    /** Sets SDLBA. */
    public static SubmissionEntry destinationLba(SubmissionEntry entry, long destinationLba) {
        return entry.cdw10((int) destinationLba).cdw11((int) (destinationLba >>> 32));
    }

    /** NR: source ranges, counted from zero. */
    public static int rangeCountZeroBased(SubmissionEntry entry) {
        return NR.get(entry.cdw12());
    }

    /** Sets NR. */
    public static SubmissionEntry rangeCountZeroBased(
            SubmissionEntry entry, int rangeCountZeroBased) {
        return entry.cdw12(NR.set(entry.cdw12(), rangeCountZeroBased));
    }

    /** DESFMT: format of the ranges; {@link CopyRange} is 0. */
    public static int descriptorFormat(SubmissionEntry entry) {
        return DESFMT.get(entry.cdw12());
    }

    /** Sets DESFMT. */
    public static SubmissionEntry descriptorFormat(SubmissionEntry entry, int descriptorFormat) {
        return entry.cdw12(DESFMT.set(entry.cdw12(), descriptorFormat));
    }

    /** PRINFOR: as PRINFO, for the reads. */
    public static int readProtectionInfo(SubmissionEntry entry) {
        return PRINFOR.get(entry.cdw12());
    }

    /** Sets PRINFOR. */
    public static SubmissionEntry readProtectionInfo(
            SubmissionEntry entry, int readProtectionInfo) {
        return entry.cdw12(PRINFOR.set(entry.cdw12(), readProtectionInfo));
    }

    /** DTYPE: directive of the writes, 0 for none. */
    public static int directiveType(SubmissionEntry entry) {
        return DTYPE.get(entry.cdw12());
    }

    /** Sets DTYPE. */
    public static SubmissionEntry directiveType(SubmissionEntry entry, int directiveType) {
        return entry.cdw12(DTYPE.set(entry.cdw12(), directiveType));
    }

    /** STCW: check the storage tag of the writes. */
    public static boolean storageTagCheck(SubmissionEntry entry) {
        return STCW.isSet(entry.cdw12());
    }

    /** Sets STCW. */
    public static SubmissionEntry storageTagCheck(SubmissionEntry entry, boolean storageTagCheck) {
        return entry.cdw12(STCW.set(entry.cdw12(), storageTagCheck));
    }

    /** PRINFOW: as PRINFO, for the writes. */
    public static int writeProtectionInfo(SubmissionEntry entry) {
        return PRINFOW.get(entry.cdw12());
    }

    /** Sets PRINFOW. */
    public static SubmissionEntry writeProtectionInfo(
            SubmissionEntry entry, int writeProtectionInfo) {
        return entry.cdw12(PRINFOW.set(entry.cdw12(), writeProtectionInfo));
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

    /** Source ranges, 1 to 256. */
    public static int rangeCount(SubmissionEntry entry) {
        return rangeCountZeroBased(entry) + 1;
    }

    /** Bytes of data that count in descriptor format 0. */
    public static int dataLengthBytes(SubmissionEntry entry) {
        return rangeCount(entry) * CopyRange.SIZE_BYTES;
    }
}
