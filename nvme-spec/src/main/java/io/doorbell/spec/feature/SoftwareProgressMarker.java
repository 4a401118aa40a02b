package io.doorbell.spec.feature;

import io.doorbell.spec.BitField;

/** Feature 80h, Software Progress Marker (Base 2.0 §5.27.1). */
public final class SoftwareProgressMarker {
    private static final BitField PBSLC = BitField.of(7, 0);

    private SoftwareProgressMarker() {}

    /** PBSLC: times pre-boot software loaded since the operating system last cleared it. */
    public static int preBootLoadCount(int value) {
        return PBSLC.get(value);
    }

    /** {@code value} with PBSLC replaced. */
    public static int withPreBootLoadCount(int value, int preBootLoadCount) {
        return PBSLC.set(value, preBootLoadCount);
    }
}
