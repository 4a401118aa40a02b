package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Namespace Attachment, admin 15h (Base 2.0 §5.22). The data is a {@link
 * io.doorbell.spec.identify.ControllerList}.
 */
public final class NamespaceAttachment {
    /** SEL: attach NSID to the listed controllers. */
    public static final int SELECT_ATTACH = 0;

    /** SEL: detach NSID from the listed controllers. */
    public static final int SELECT_DETACH = 1;

    private static final BitField SEL = BitField.of(3, 0);

    private NamespaceAttachment() {}

    /** SEL: one of the {@code SELECT_} constants; higher values are reserved. */
    public static int select(SubmissionEntry entry) {
        return SEL.get(entry.cdw10());
    }

    /** Sets SEL. */
    public static SubmissionEntry select(SubmissionEntry entry, int select) {
        return entry.cdw10(SEL.set(entry.cdw10(), select));
    }
}
