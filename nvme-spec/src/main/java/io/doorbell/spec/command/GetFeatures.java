package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/** Get Features, admin 0Ah (Base 2.0 §5.15). The value comes back in completion DW0. */
public final class GetFeatures {
    /** SEL: the value in force. */
    public static final int SELECT_CURRENT = 0;

    /** SEL: the value after a reset if nothing was saved. */
    public static final int SELECT_DEFAULT = 1;

    /** SEL: the saved value. */
    public static final int SELECT_SAVED = 2;

    /** SEL: what can be done with the feature, as the {@code CAPABILITY_} bits. */
    public static final int SELECT_SUPPORTED_CAPABILITIES = 3;

    /** DW0 of {@link #SELECT_SUPPORTED_CAPABILITIES}: the feature can be saved. */
    public static final int CAPABILITY_SAVEABLE = 1;

    /** DW0 of {@link #SELECT_SUPPORTED_CAPABILITIES}: each namespace has its own value. */
    public static final int CAPABILITY_NAMESPACE_SPECIFIC = 1 << 1;

    /** DW0 of {@link #SELECT_SUPPORTED_CAPABILITIES}: the value can be changed. */
    public static final int CAPABILITY_CHANGEABLE = 1 << 2;

    private static final BitField FID = BitField.of(7, 0);
    private static final BitField SEL = BitField.of(10, 8);
    private static final BitField UUIDX = BitField.of(6, 0);

    private GetFeatures() {}

    /** FID; see {@link io.doorbell.spec.feature.FeatureId}. */
    public static int featureId(SubmissionEntry entry) {
        return FID.get(entry.cdw10());
    }

    /** Sets FID. */
    public static SubmissionEntry featureId(SubmissionEntry entry, int featureId) {
        return entry.cdw10(FID.set(entry.cdw10(), featureId));
    }

    /** SEL: one of the {@code SELECT_} constants; higher values are reserved. */
    public static int select(SubmissionEntry entry) {
        return SEL.get(entry.cdw10());
    }

    /** Sets SEL. */
    public static SubmissionEntry select(SubmissionEntry entry, int select) {
        return entry.cdw10(SEL.set(entry.cdw10(), select));
    }

    /** CDW11, which picks the instance of some features, for example a vector. */
    public static int selector(SubmissionEntry entry) {
        return entry.cdw11();
    }

    /** Sets SELECTOR. */
    public static SubmissionEntry selector(SubmissionEntry entry, int selector) {
        return entry.cdw11(selector);
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
