package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/** Get Log Page, admin 02h (Base 2.0 §5.16). Pages are in {@code io.doorbell.spec.log}. */
public final class GetLogPage {
    private static final BitField LID = BitField.of(7, 0);
    private static final BitField LSP = BitField.of(14, 8);
    private static final BitField RAE = BitField.bit(15);
    private static final BitField NUMDL = BitField.of(31, 16);
    private static final BitField NUMDU = BitField.of(15, 0);
    private static final BitField LSI = BitField.of(31, 16);
    private static final BitField UUIDX = BitField.of(6, 0);
    private static final BitField OT = BitField.bit(23);
    private static final BitField CSI = BitField.of(31, 24);

    private GetLogPage() {}

    /** LID; see {@link io.doorbell.spec.log.LogPageId}. */
    public static int logPageId(SubmissionEntry entry) {
        return LID.get(entry.cdw10());
    }

    /** Sets LID. */
    public static SubmissionEntry logPageId(SubmissionEntry entry, int logPageId) {
        return entry.cdw10(LID.set(entry.cdw10(), logPageId));
    }

    /** LSP, defined by the log page. */
    public static int specificField(SubmissionEntry entry) {
        return LSP.get(entry.cdw10());
    }

    /** Sets LSP. */
    public static SubmissionEntry specificField(SubmissionEntry entry, int specificField) {
        return entry.cdw10(LSP.set(entry.cdw10(), specificField));
    }

    /** RAE: leave the associated event type masked. */
    public static boolean retainAsynchronousEvent(SubmissionEntry entry) {
        return RAE.isSet(entry.cdw10());
    }

    /** Sets RAE. */
    public static SubmissionEntry retainAsynchronousEvent(
            SubmissionEntry entry, boolean retainAsynchronousEvent) {
        return entry.cdw10(RAE.set(entry.cdw10(), retainAsynchronousEvent));
    }

    /** NUMDL, the low half of the dword count, counted from zero. */
    public static int dwordCountLowZeroBased(SubmissionEntry entry) {
        return NUMDL.get(entry.cdw10());
    }

    /** Sets NUMDL. */
    public static SubmissionEntry dwordCountLowZeroBased(
            SubmissionEntry entry, int dwordCountLowZeroBased) {
        return entry.cdw10(NUMDL.set(entry.cdw10(), dwordCountLowZeroBased));
    }

    /** NUMDU, the high half of the dword count. */
    public static int dwordCountHigh(SubmissionEntry entry) {
        return NUMDU.get(entry.cdw11());
    }

    /** Sets NUMDU. */
    public static SubmissionEntry dwordCountHigh(SubmissionEntry entry, int dwordCountHigh) {
        return entry.cdw11(NUMDU.set(entry.cdw11(), dwordCountHigh));
    }

    /** LSI, defined by the log page. */
    public static int specificId(SubmissionEntry entry) {
        return LSI.get(entry.cdw11());
    }

    /** Sets LSI. */
    public static SubmissionEntry specificId(SubmissionEntry entry, int specificId) {
        return entry.cdw11(LSI.set(entry.cdw11(), specificId));
    }

    /** LPO: where in the page to start, in bytes, or an index if OT is 1. */
    public static long offsetBytes(SubmissionEntry entry) {
        return Integer.toUnsignedLong(entry.cdw12()) | (long) entry.cdw13() << 32;
    }

    /** Sets LPO. */
    public static SubmissionEntry offsetBytes(SubmissionEntry entry, long offsetBytes) {
        return entry.cdw12((int) offsetBytes).cdw13((int) (offsetBytes >>> 32));
    }

    /** UUID Index; 0 for none. */
    public static int uuidIndex(SubmissionEntry entry) {
        return UUIDX.get(entry.cdw14());
    }

    /** Sets UUIDX. */
    public static SubmissionEntry uuidIndex(SubmissionEntry entry, int uuidIndex) {
        return entry.cdw14(UUIDX.set(entry.cdw14(), uuidIndex));
    }

    /** OT: LPO is an index rather than bytes. */
    public static boolean offsetIsIndex(SubmissionEntry entry) {
        return OT.isSet(entry.cdw14());
    }

    /** Sets OT. */
    public static SubmissionEntry offsetIsIndex(SubmissionEntry entry, boolean offsetIsIndex) {
        return entry.cdw14(OT.set(entry.cdw14(), offsetIsIndex));
    }

    /** CSI: the command set of pages that depend on it. */
    public static int commandSet(SubmissionEntry entry) {
        return CSI.get(entry.cdw14());
    }

    /** Sets CSI. */
    public static SubmissionEntry commandSet(SubmissionEntry entry, int commandSet) {
        return entry.cdw14(CSI.set(entry.cdw14(), commandSet));
    }

    /** Bytes asked for, 4 to 16 GiB: the 32-bit dword count of NUMDU and NUMDL, plus one. */
    public static long lengthBytes(SubmissionEntry entry) {
        long dwordsZeroBased = (long) dwordCountHigh(entry) << 16 | dwordCountLowZeroBased(entry);
        return (dwordsZeroBased + 1) * 4;
    }

    /**
     * Sets NUMDU and NUMDL.
     *
     * @throws IllegalArgumentException if {@code lengthBytes} is no multiple of 4, or not within 4
     *     to 16 GiB
     */
    public static SubmissionEntry lengthBytes(SubmissionEntry entry, long lengthBytes) {
        long dwordsZeroBased = lengthBytes / 4 - 1;
        if ((lengthBytes & 3) != 0 || dwordsZeroBased < 0 || dwordsZeroBased >>> 32 != 0) {
            throw new IllegalArgumentException(
                    "A log page cannot be read in %d bytes; use a multiple of 4, from 4 to 2^34."
                            .formatted(lengthBytes));
        }
        dwordCountHigh(entry, (int) (dwordsZeroBased >>> 16));
        return dwordCountLowZeroBased(entry, (int) dwordsZeroBased & 0xFFFF);
    }
}
