package io.doorbell.controller.admin;

import io.doorbell.spec.log.FirmwareSlots;
import io.doorbell.spec.log.ManagementEffects;

import java.lang.foreign.MemorySegment;

/** Log pages that never change. */
final class FixedPages {
    private FixedPages() {}

    /** Firmware Slot Information (Base §5.16.1.4): slot 1, of one. */
    static LogPages.Page firmware(ControllerIdentity identity) {
        return new LogPages.Page() {
            @Override
            public int sizeBytes() {
                return FirmwareSlots.SIZE_BYTES;
            }

            @Override
            public void fill(MemorySegment page) {
                new FirmwareSlots()
                        .wrap(page, 0)
                        .activeFirmwareInfo(1)
                        .revision(1, identity.firmwareRevision());
            }
        };
    }

    /** NVMe-MI Commands Supported and Effects (Base §5.16.1.19): there are none. */
    static LogPages.Page management() {
        return new LogPages.Page() {
            @Override
            public int sizeBytes() {
                return ManagementEffects.SIZE_BYTES;
            }

            @Override
            public void fill(MemorySegment page) {}
        };
    }
}
