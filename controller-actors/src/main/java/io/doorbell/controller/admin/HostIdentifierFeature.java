package io.doorbell.controller.admin;

import io.doorbell.spec.feature.HostIdentifier;

import java.lang.foreign.MemorySegment;

/** Feature 81h: who the host is, in 8 bytes or 16; zero until it says so. */
final class HostIdentifierFeature implements DataFeature {
    private static final int SHORT_BYTES = 8;
    private static final int EXTENDED_BYTES = 16;

    private final MemorySegment identifier = MemorySegment.ofArray(new byte[EXTENDED_BYTES]);
    private boolean extended;

    @Override
    public int sizeBytes() {
        return extended ? EXTENDED_BYTES : SHORT_BYTES;
    }

    @Override
    public int sizeBytes(int cdw11) {
        return HostIdentifier.extended(cdw11) ? EXTENDED_BYTES : SHORT_BYTES;
    }

    @Override
    public int result() {
        return HostIdentifier.withExtended(0, extended);
    }

    @Override
    public void get(MemorySegment page) {
        MemorySegment.copy(identifier, 0, page, 0, sizeBytes());
    }

    @Override
    public boolean set(int cdw11, MemorySegment page) {
        if ((cdw11 & ~1) != 0) {
            return false;
        }
        extended = HostIdentifier.extended(cdw11);
        MemorySegment.copy(page, 0, identifier, 0, sizeBytes());
        return true;
    }
}
