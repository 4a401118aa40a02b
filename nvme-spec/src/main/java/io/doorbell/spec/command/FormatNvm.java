package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/** Format NVM, admin 80h (Base 2.0 §5.14, NVM 1.0 §4.1.2). */
public final class FormatNvm {
    /** SES: no secure erase. */
    public static final int ERASE_NONE = 0;

    /** SES: erase all user data. */
    public static final int ERASE_USER_DATA = 1;

    /** SES: delete the encryption key. */
    public static final int ERASE_CRYPTOGRAPHIC = 2;

    private static final BitField LBAFL = BitField.of(3, 0);
    private static final BitField MSET = BitField.bit(4);
    private static final BitField PI = BitField.of(7, 5);
    private static final BitField PIL = BitField.bit(8);
    private static final BitField SES = BitField.of(11, 9);
    private static final BitField LBAFU = BitField.of(13, 12);

    private FormatNvm() {}

    /** LBAFL: bits 3:0 of the LBA format index. */
    public static int formatIndexLow(SubmissionEntry entry) {
        return LBAFL.get(entry.cdw10());
    }

    /** Sets LBAFL. */
    public static SubmissionEntry formatIndexLow(SubmissionEntry entry, int formatIndexLow) {
        return entry.cdw10(LBAFL.set(entry.cdw10(), formatIndexLow));
    }

    /** MSET: metadata is transferred as part of the logical block. */
    public static boolean metadataInline(SubmissionEntry entry) {
        return MSET.isSet(entry.cdw10());
    }

    /** Sets MSET. */
    public static SubmissionEntry metadataInline(SubmissionEntry entry, boolean metadataInline) {
        return entry.cdw10(MSET.set(entry.cdw10(), metadataInline));
    }

    /** PI: end-to-end protection type, 0 for none. */
    public static int protectionType(SubmissionEntry entry) {
        return PI.get(entry.cdw10());
    }

    /** Sets PI. */
    public static SubmissionEntry protectionType(SubmissionEntry entry, int protectionType) {
        return entry.cdw10(PI.set(entry.cdw10(), protectionType));
    }

    /** PIL: protection information is at the start of metadata. */
    public static boolean protectionFirst(SubmissionEntry entry) {
        return PIL.isSet(entry.cdw10());
    }

    /** Sets PIL. */
    public static SubmissionEntry protectionFirst(SubmissionEntry entry, boolean protectionFirst) {
        return entry.cdw10(PIL.set(entry.cdw10(), protectionFirst));
    }

    /** SES: one of the {@code ERASE_} constants; higher values are reserved. */
    public static int secureErase(SubmissionEntry entry) {
        return SES.get(entry.cdw10());
    }

    /** Sets SES. */
    public static SubmissionEntry secureErase(SubmissionEntry entry, int secureErase) {
        return entry.cdw10(SES.set(entry.cdw10(), secureErase));
    }

    /** LBAFU: bits 5:4 of the LBA format index. */
    public static int formatIndexHigh(SubmissionEntry entry) {
        return LBAFU.get(entry.cdw10());
    }

    /** Sets LBAFU. */
    public static SubmissionEntry formatIndexHigh(SubmissionEntry entry, int formatIndexHigh) {
        return entry.cdw10(LBAFU.set(entry.cdw10(), formatIndexHigh));
    }

    /** The LBA format to use, 0 to 63, from LBAFU and LBAFL. */
    public static int formatIndex(SubmissionEntry entry) {
        return formatIndexHigh(entry) << 4 | formatIndexLow(entry);
    }

    /** Sets LBAFU and LBAFL, 0 to 63. */
    public static SubmissionEntry formatIndex(SubmissionEntry entry, int formatIndex) {
        formatIndexHigh(entry, formatIndex >>> 4);
        return formatIndexLow(entry, formatIndex & 0xF);
    }
}
