package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/**
 * Namespace Management, admin 0Dh (Base 2.0 §5.23). A create takes an Identify Namespace page as
 * its data and returns the new NSID in completion DW0.
 */
public final class NamespaceManagement {
    /** SEL: create a namespace, attached to no controller. */
    public static final int SELECT_CREATE = 0;

    /** SEL: delete NSID, or every namespace. */
    public static final int SELECT_DELETE = 1;

    private static final BitField SEL = BitField.of(3, 0);
    private static final BitField CSI = BitField.of(31, 24);

    private NamespaceManagement() {}

    /** SEL: one of the {@code SELECT_} constants; higher values are reserved. */
    public static int select(SubmissionEntry entry) {
        return SEL.get(entry.cdw10());
    }

    /** Sets SEL. */
    public static SubmissionEntry select(SubmissionEntry entry, int select) {
        return entry.cdw10(SEL.set(entry.cdw10(), select));
    }

    /** CSI: command set of the new namespace. */
    public static int commandSet(SubmissionEntry entry) {
        return CSI.get(entry.cdw11());
    }

    /** Sets CSI. */
    public static SubmissionEntry commandSet(SubmissionEntry entry, int commandSet) {
        return entry.cdw11(CSI.set(entry.cdw11(), commandSet));
    }
}
