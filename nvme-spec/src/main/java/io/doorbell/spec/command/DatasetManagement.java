package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/** Dataset Management, NVM 09h (NVM 1.0 §3.2.3). The data is an array of {@link DatasetRange}. */
public final class DatasetManagement {
    private static final BitField NR = BitField.of(7, 0);
    private static final BitField IDR = BitField.bit(0);
    private static final BitField IDW = BitField.bit(1);
    private static final BitField AD = BitField.bit(2);

    private DatasetManagement() {}

    /** NR: ranges, counted from zero. */
    public static int rangeCountZeroBased(SubmissionEntry entry) {
        return NR.get(entry.cdw10());
    }

    /** Sets NR. */
    public static SubmissionEntry rangeCountZeroBased(
            SubmissionEntry entry, int rangeCountZeroBased) {
        return entry.cdw10(NR.set(entry.cdw10(), rangeCountZeroBased));
    }

    /** IDR: the ranges will be read as a whole. */
    public static boolean integralRead(SubmissionEntry entry) {
        return IDR.isSet(entry.cdw11());
    }

    /** Sets IDR. */
    public static SubmissionEntry integralRead(SubmissionEntry entry, boolean integralRead) {
        return entry.cdw11(IDR.set(entry.cdw11(), integralRead));
    }

    /** IDW: the ranges will be written as a whole. */
    public static boolean integralWrite(SubmissionEntry entry) {
        return IDW.isSet(entry.cdw11());
    }

    /** Sets IDW. */
    public static SubmissionEntry integralWrite(SubmissionEntry entry, boolean integralWrite) {
        return entry.cdw11(IDW.set(entry.cdw11(), integralWrite));
    }

    /** AD: the ranges may be deallocated. */
    public static boolean deallocate(SubmissionEntry entry) {
        return AD.isSet(entry.cdw11());
    }

    /** Sets AD. */
    public static SubmissionEntry deallocate(SubmissionEntry entry, boolean deallocate) {
        return entry.cdw11(AD.set(entry.cdw11(), deallocate));
    }

    /** Ranges, 1 to 256. */
    public static int rangeCount(SubmissionEntry entry) {
        return rangeCountZeroBased(entry) + 1;
    }

    /** Bytes of data that count, whatever the size of the host's buffer. */
    public static int dataLengthBytes(SubmissionEntry entry) {
        return rangeCount(entry) * DatasetRange.SIZE_BYTES;
    }
}
