package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 05h, Error Recovery of the NVM command set (NVM 1.0 §4.1.3). Namespace specific. */
public final class ErrorRecovery {
    private static final BitField TLER = BitField.of(15, 0);
    private static final BitField DULBE = BitField.bit(16);

    private ErrorRecovery() {}

    /** TLER: how long to retry after an error, in units of 100 ms; 0 for no limit. */
    public static int timeLimit(int value) {
        return TLER.get(value);
    }

    /** {@code value} with TLER replaced. */
    public static int withTimeLimit(int value, int timeLimit) {
        return TLER.set(value, timeLimit);
    }

    /** DULBE: reads of deallocated blocks are errors. */
    public static boolean deallocatedErrors(int value) {
        return DULBE.isSet(value);
    }

    /** {@code value} with DULBE replaced. */
    public static int withDeallocatedErrors(int value, boolean deallocatedErrors) {
        return DULBE.set(value, deallocatedErrors);
    }
}
