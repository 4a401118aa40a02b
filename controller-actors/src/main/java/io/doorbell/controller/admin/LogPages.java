package io.doorbell.controller.admin;

import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.log.ErrorInformation;
import io.doorbell.spec.log.FirmwareSlots;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.spec.log.SmartHealth;

import java.lang.foreign.MemorySegment;

/** Fills log pages (Base §5.16): errors, health, firmware slots. */
final class LogPages {
    private static final int TEMPERATURE_KELVIN = 323;

    private final ControllerIdentity identity;
    private final ErrorLog errors;

    LogPages(ControllerIdentity identity, ErrorLog errors) {
        this.identity = identity;
        this.errors = errors;
    }

    /** Bytes of a log page, or 0 if there is no such page. */
    int sizeBytes(int logPageId) {
        return switch (logPageId) {
            case LogPageId.ERROR_INFORMATION -> ErrorLog.ENTRIES_MAX * ErrorInformation.SIZE_BYTES;
            case LogPageId.SMART_HEALTH_INFORMATION -> SmartHealth.SIZE_BYTES;
            case LogPageId.FIRMWARE_SLOT_INFORMATION -> FirmwareSlots.SIZE_BYTES;
            default -> 0;
        };
    }

    /** Whether the request asks for something this controller has. */
    int check(SubmissionEntry entry) {
        if (sizeBytes(GetLogPage.logPageId(entry)) == 0) {
            return Status.doNotRetry(Status.INVALID_LOG_PAGE);
        }
        return GetLogPage.offsetBytes(entry) > sizeBytes(GetLogPage.logPageId(entry))
                        || GetLogPage.offsetBytes(entry) < 0
                        || GetLogPage.offsetIsIndex(entry)
                ? Status.doNotRetry(Status.INVALID_FIELD_IN_COMMAND)
                : Status.SUCCESS;
    }

    /** Fills a page that is all zero and has {@link #sizeBytes} bytes. */
    void fill(int logPageId, MemorySegment page) {
        switch (logPageId) {
            case LogPageId.ERROR_INFORMATION -> errors.fill(page);
            case LogPageId.SMART_HEALTH_INFORMATION ->
                    new SmartHealth()
                            .wrap(page, 0)
                            .temperatureKelvin(TEMPERATURE_KELVIN)
                            .availableSparePercent(100)
                            .spareThresholdPercent(10)
                            .powerCycles(1)
                            .errorLogEntries(errors.errorCount());
            default ->
                    new FirmwareSlots()
                            .wrap(page, 0)
                            .activeFirmwareInfo(1)
                            .revision(1, identity.firmwareRevision());
        }
    }
}
