package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/** Set Features, admin 09h (Base 2.0 §5.27). Values are in {@code io.doorbell.spec.feature}. */
public final class SetFeatures {
    private static final BitField FID = BitField.of(7, 0);
    private static final BitField SV = BitField.bit(31);
    private static final BitField UUIDX = BitField.of(6, 0);

    private SetFeatures() {}

    /** FID; see {@link io.doorbell.spec.feature.FeatureId}. */
    public static int featureId(SubmissionEntry entry) {
        return FID.get(entry.cdw10());
    }

    /** Sets FID. */
    public static SubmissionEntry featureId(SubmissionEntry entry, int featureId) {
        return entry.cdw10(FID.set(entry.cdw10(), featureId));
    }

    /** SV: keep the value across power cycles and resets. */
    public static boolean save(SubmissionEntry entry) {
        return SV.isSet(entry.cdw10());
    }

    /** Sets SV. */
    public static SubmissionEntry save(SubmissionEntry entry, boolean save) {
        return entry.cdw10(SV.set(entry.cdw10(), save));
    }

    /** CDW11, the value of most features. */
    public static int value(SubmissionEntry entry) {
        return entry.cdw11();
    }

    /** Sets VALUE. */
    public static SubmissionEntry value(SubmissionEntry entry, int value) {
        return entry.cdw11(value);
    }

    /** UUID Index; 0 for none. */
    public static int uuidIndex(SubmissionEntry entry) {
        return UUIDX.get(entry.cdw14());
    }

    /** Sets UUIDX. */
    public static SubmissionEntry uuidIndex(SubmissionEntry entry, int uuidIndex) {
        return entry.cdw14(UUIDX.set(entry.cdw14(), uuidIndex));
    }
}
