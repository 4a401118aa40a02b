package io.doorbell.spec.log;

import io.doorbell.spec.BitField;

/** What is supported of one log page: a dword of {@link SupportedLogPages} (Base 2.0 §5.16.1.1). */
public final class SupportedLogPage {
    private static final BitField LSUPP = BitField.bit(0);
    private static final BitField IOS = BitField.bit(1);
    private static final BitField SPECIFIC = BitField.of(31, 16);

    private SupportedLogPage() {}

    /** LSUPP: the log page is supported. */
    public static boolean supported(int support) {
        return LSUPP.isSet(support);
    }

    /** {@code support} with LSUPP replaced. */
    public static int withSupported(int support, boolean supported) {
        return LSUPP.set(support, supported);
    }

    /** IOS: OT of Get Log Page may be 1. */
    public static boolean indexOffsets(int support) {
        return IOS.isSet(support);
    }

    /** {@code support} with IOS replaced. */
    public static int withIndexOffsets(int support, boolean indexOffsets) {
        return IOS.set(support, indexOffsets);
    }

    /** Defined by the log page. */
    public static int specificField(int support) {
        return SPECIFIC.get(support);
    }

    /** {@code support} with SPECIFIC replaced. */
    public static int withSpecificField(int support, int specificField) {
        return SPECIFIC.set(support, specificField);
    }
}
