package io.doorbell.controller.admin;

import io.doorbell.spec.feature.HostBehavior;

import java.lang.foreign.MemorySegment;

/**
 * Feature 16h: what the host knows how to do. It may enable command retry delays, of which we have
 * none; telemetry area 4 and extended LBA formats are not offered, so it may not enable them.
 */
final class HostBehaviorFeature implements DataFeature {
    private int commandRetryEnable;

    @Override
    public int sizeBytes() {
        return HostBehavior.SIZE_BYTES;
    }

    @Override
    public void get(MemorySegment page) {
        new HostBehavior().wrap(page, 0).commandRetryEnable(commandRetryEnable);
    }

    @Override
    public boolean set(int cdw11, MemorySegment page) {
        HostBehavior behavior = new HostBehavior().wrap(page, 0);
        if (behavior.commandRetryEnable() > 1
                || behavior.telemetryDataArea4() != 0
                || behavior.extendedLbaFormats() != 0) {
            return false;
        }
        commandRetryEnable = behavior.commandRetryEnable();
        return true;
    }
}
