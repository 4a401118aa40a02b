package io.doorbell.spec.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.WindowLayout;
import io.doorbell.spec.WordLayout;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;

/** Base 2.0 §5.16.1. */
class LogPagesTest {
    @Test
    void supportedLogPages_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(1024, new SupportedLogPages()::wrap)
                .field("logPage 0", 3, 0, v -> v.logPage(0), (v, x) -> v.logPage(0, x))
                .field("logPage 255", 1023, 1020, v -> v.logPage(255), (v, x) -> v.logPage(255, x))
                .hasNoOtherField(SupportedLogPages.class);
        assertThat(SupportedLogPages.SIZE_BYTES).isEqualTo(1024);
    }

    @Test
    void errorInformation_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(64, new ErrorInformation()::wrap)
                .qword("errorCount", 0, ErrorInformation::errorCount, ErrorInformation::errorCount)
                .field(
                        "submissionQueueId",
                        9,
                        8,
                        ErrorInformation::submissionQueueId,
                        ErrorInformation::submissionQueueId)
                .field(
                        "commandId",
                        11,
                        10,
                        ErrorInformation::commandId,
                        ErrorInformation::commandId)
                .field(
                        "statusWord",
                        13,
                        12,
                        ErrorInformation::statusWord,
                        ErrorInformation::statusWord)
                .field(
                        "parameterLocation",
                        15,
                        14,
                        ErrorInformation::parameterLocation,
                        ErrorInformation::parameterLocation)
                .qword("firstLba", 16, ErrorInformation::firstLba, ErrorInformation::firstLba)
                .field(
                        "namespaceId",
                        27,
                        24,
                        ErrorInformation::namespaceId,
                        ErrorInformation::namespaceId)
                .field(
                        "vendorLogPage",
                        28,
                        28,
                        ErrorInformation::vendorLogPage,
                        ErrorInformation::vendorLogPage)
                .field(
                        "transportType",
                        29,
                        29,
                        ErrorInformation::transportType,
                        ErrorInformation::transportType)
                .qword(
                        "commandSpecific",
                        32,
                        ErrorInformation::commandSpecific,
                        ErrorInformation::commandSpecific)
                .field(
                        "transportSpecific",
                        41,
                        40,
                        ErrorInformation::transportSpecific,
                        ErrorInformation::transportSpecific)
                .hasNoOtherField(ErrorInformation.class);
        assertThat(ErrorInformation.SIZE_BYTES).isEqualTo(64);
    }

    @Test
    void smartHealth_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(512, new SmartHealth()::wrap)
                .field(
                        "criticalWarning",
                        0,
                        0,
                        SmartHealth::criticalWarning,
                        SmartHealth::criticalWarning)
                .field(
                        "temperatureKelvin",
                        2,
                        1,
                        SmartHealth::temperatureKelvin,
                        SmartHealth::temperatureKelvin)
                .field(
                        "availableSparePercent",
                        3,
                        3,
                        SmartHealth::availableSparePercent,
                        SmartHealth::availableSparePercent)
                .field(
                        "spareThresholdPercent",
                        4,
                        4,
                        SmartHealth::spareThresholdPercent,
                        SmartHealth::spareThresholdPercent)
                .field(
                        "percentageUsed",
                        5,
                        5,
                        SmartHealth::percentageUsed,
                        SmartHealth::percentageUsed)
                .field(
                        "enduranceGroupWarning",
                        6,
                        6,
                        SmartHealth::enduranceGroupWarning,
                        SmartHealth::enduranceGroupWarning)
                .qword(
                        "dataUnitsRead",
                        32,
                        SmartHealth::dataUnitsRead,
                        (v, x) -> v.dataUnitsRead(v.dataUnitsReadHigh(), x))
                .qword(
                        "dataUnitsReadHigh",
                        40,
                        SmartHealth::dataUnitsReadHigh,
                        (v, x) -> v.dataUnitsRead(x, v.dataUnitsRead()))
                .qword(
                        "dataUnitsWritten",
                        48,
                        SmartHealth::dataUnitsWritten,
                        (v, x) -> v.dataUnitsWritten(v.dataUnitsWrittenHigh(), x))
                .qword(
                        "dataUnitsWrittenHigh",
                        56,
                        SmartHealth::dataUnitsWrittenHigh,
                        (v, x) -> v.dataUnitsWritten(x, v.dataUnitsWritten()))
                .qword(
                        "hostReads",
                        64,
                        SmartHealth::hostReads,
                        (v, x) -> v.hostReads(v.hostReadsHigh(), x))
                .qword(
                        "hostReadsHigh",
                        72,
                        SmartHealth::hostReadsHigh,
                        (v, x) -> v.hostReads(x, v.hostReads()))
                .qword(
                        "hostWrites",
                        80,
                        SmartHealth::hostWrites,
                        (v, x) -> v.hostWrites(v.hostWritesHigh(), x))
                .qword(
                        "hostWritesHigh",
                        88,
                        SmartHealth::hostWritesHigh,
                        (v, x) -> v.hostWrites(x, v.hostWrites()))
                .qword(
                        "busyMinutes",
                        96,
                        SmartHealth::busyMinutes,
                        (v, x) -> v.busyMinutes(v.busyMinutesHigh(), x))
                .qword(
                        "busyMinutesHigh",
                        104,
                        SmartHealth::busyMinutesHigh,
                        (v, x) -> v.busyMinutes(x, v.busyMinutes()))
                .qword(
                        "powerCycles",
                        112,
                        SmartHealth::powerCycles,
                        (v, x) -> v.powerCycles(v.powerCyclesHigh(), x))
                .qword(
                        "powerCyclesHigh",
                        120,
                        SmartHealth::powerCyclesHigh,
                        (v, x) -> v.powerCycles(x, v.powerCycles()))
                .qword(
                        "powerOnHours",
                        128,
                        SmartHealth::powerOnHours,
                        (v, x) -> v.powerOnHours(v.powerOnHoursHigh(), x))
                .qword(
                        "powerOnHoursHigh",
                        136,
                        SmartHealth::powerOnHoursHigh,
                        (v, x) -> v.powerOnHours(x, v.powerOnHours()))
                .qword(
                        "unsafeShutdowns",
                        144,
                        SmartHealth::unsafeShutdowns,
                        (v, x) -> v.unsafeShutdowns(v.unsafeShutdownsHigh(), x))
                .qword(
                        "unsafeShutdownsHigh",
                        152,
                        SmartHealth::unsafeShutdownsHigh,
                        (v, x) -> v.unsafeShutdowns(x, v.unsafeShutdowns()))
                .qword(
                        "mediaErrors",
                        160,
                        SmartHealth::mediaErrors,
                        (v, x) -> v.mediaErrors(v.mediaErrorsHigh(), x))
                .qword(
                        "mediaErrorsHigh",
                        168,
                        SmartHealth::mediaErrorsHigh,
                        (v, x) -> v.mediaErrors(x, v.mediaErrors()))
                .qword(
                        "errorLogEntries",
                        176,
                        SmartHealth::errorLogEntries,
                        (v, x) -> v.errorLogEntries(v.errorLogEntriesHigh(), x))
                .qword(
                        "errorLogEntriesHigh",
                        184,
                        SmartHealth::errorLogEntriesHigh,
                        (v, x) -> v.errorLogEntries(x, v.errorLogEntries()))
                .field(
                        "warningTemperatureMinutes",
                        195,
                        192,
                        SmartHealth::warningTemperatureMinutes,
                        SmartHealth::warningTemperatureMinutes)
                .field(
                        "criticalTemperatureMinutes",
                        199,
                        196,
                        SmartHealth::criticalTemperatureMinutes,
                        SmartHealth::criticalTemperatureMinutes)
                .field(
                        "sensorKelvin 0",
                        201,
                        200,
                        v -> v.sensorKelvin(0),
                        (v, x) -> v.sensorKelvin(0, x))
                .field(
                        "sensorKelvin 7",
                        215,
                        214,
                        v -> v.sensorKelvin(7),
                        (v, x) -> v.sensorKelvin(7, x))
                .field(
                        "thermalTransitions1",
                        219,
                        216,
                        SmartHealth::thermalTransitions1,
                        SmartHealth::thermalTransitions1)
                .field(
                        "thermalTransitions2",
                        223,
                        220,
                        SmartHealth::thermalTransitions2,
                        SmartHealth::thermalTransitions2)
                .field(
                        "thermalSeconds1",
                        227,
                        224,
                        SmartHealth::thermalSeconds1,
                        SmartHealth::thermalSeconds1)
                .field(
                        "thermalSeconds2",
                        231,
                        228,
                        SmartHealth::thermalSeconds2,
                        SmartHealth::thermalSeconds2)
                .hasNoOtherField(SmartHealth.class);
        assertThat(SmartHealth.SIZE_BYTES).isEqualTo(512);
    }

    @Test
    void firmwareSlots_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(512, new FirmwareSlots()::wrap)
                .field(
                        "activeFirmwareInfo",
                        0,
                        0,
                        FirmwareSlots::activeFirmwareInfo,
                        FirmwareSlots::activeFirmwareInfo)
                .elsewhere(8)
                .hasNoOtherField(FirmwareSlots.class);
        assertThat(FirmwareSlots.SIZE_BYTES).isEqualTo(512);
    }

    @Test
    void commandEffects_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new CommandEffects()::wrap)
                .field("admin 0", 3, 0, v -> v.admin(0), (v, x) -> v.admin(0, x))
                .field("admin 255", 1023, 1020, v -> v.admin(255), (v, x) -> v.admin(255, x))
                .field("io 0", 1027, 1024, v -> v.io(0), (v, x) -> v.io(0, x))
                .field("io 255", 2047, 2044, v -> v.io(255), (v, x) -> v.io(255, x))
                .hasNoOtherField(CommandEffects.class);
        assertThat(CommandEffects.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void featureEffects_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(1024, new FeatureEffects()::wrap)
                .field("feature 0", 3, 0, v -> v.feature(0), (v, x) -> v.feature(0, x))
                .field("feature 255", 1023, 1020, v -> v.feature(255), (v, x) -> v.feature(255, x))
                .hasNoOtherField(FeatureEffects.class);
        assertThat(FeatureEffects.SIZE_BYTES).isEqualTo(1024);
    }

    @Test
    void managementEffects_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(4096, new ManagementEffects()::wrap)
                .field("command 0", 3, 0, v -> v.command(0), (v, x) -> v.command(0, x))
                .field("command 255", 1023, 1020, v -> v.command(255), (v, x) -> v.command(255, x))
                .hasNoOtherField(ManagementEffects.class);
        assertThat(ManagementEffects.SIZE_BYTES).isEqualTo(4096);
    }

    @Test
    void errorEntryStatus_leavesOutThePhaseTag() {
        ErrorInformation entry = new ErrorInformation().wrap(WindowLayout.memory(64), 0);
        entry.statusWord(0x8101);
        assertThat(entry.status()).isEqualTo(0x4080);
        entry.status(0x4101);
        assertThat(entry.statusWord()).isEqualTo(0x8202);
    }

    @Test
    void firmwareSlots_areCountedFromOne() {
        MemorySegment memory = WindowLayout.memory(512);
        FirmwareSlots slots = new FirmwareSlots().wrap(memory, 0);
        slots.revision(1, "1.0").revision(7, "12345678");
        assertThat(WindowLayout.hex(memory, 8, 8)).isEqualTo("312e302020202020");
        assertThat(WindowLayout.hex(memory, 56, 8)).isEqualTo("3132333435363738");
        assertThat(slots.revision(1)).isEqualTo("1.0");
        assertThat(slots.revision(2)).isEmpty();
        assertThatThrownBy(() -> slots.revision(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slots.revision(8)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void effectDwords_haveTheirFieldsInPlace() {
        WordLayout.flag(0, CommandEffect::supported, CommandEffect::withSupported);
        WordLayout.flag(1, CommandEffect::changesContent, CommandEffect::withChangesContent);
        WordLayout.flag(2, CommandEffect::changesNamespace, CommandEffect::withChangesNamespace);
        WordLayout.flag(
                3,
                CommandEffect::changesNamespaceInventory,
                CommandEffect::withChangesNamespaceInventory);
        WordLayout.flag(4, CommandEffect::changesController, CommandEffect::withChangesController);
        WordLayout.field(
                18,
                16,
                CommandEffect::submissionRestriction,
                CommandEffect::withSubmissionRestriction);
        WordLayout.flag(19, CommandEffect::uuidSelection, CommandEffect::withUuidSelection);
        WordLayout.field(31, 20, CommandEffect::scope, CommandEffect::withScope);
        WordLayout.flag(0, FeatureEffect::supported, FeatureEffect::withSupported);
        WordLayout.flag(1, FeatureEffect::changesUserData, FeatureEffect::withChangesUserData);
        WordLayout.flag(2, FeatureEffect::changesNamespace, FeatureEffect::withChangesNamespace);
        WordLayout.flag(
                3,
                FeatureEffect::changesNamespaceInventory,
                FeatureEffect::withChangesNamespaceInventory);
        WordLayout.flag(4, FeatureEffect::changesController, FeatureEffect::withChangesController);
        WordLayout.flag(19, FeatureEffect::uuidSelection, FeatureEffect::withUuidSelection);
        WordLayout.field(31, 20, FeatureEffect::scope, FeatureEffect::withScope);
        WordLayout.flag(0, SupportedLogPage::supported, SupportedLogPage::withSupported);
        WordLayout.flag(1, SupportedLogPage::indexOffsets, SupportedLogPage::withIndexOffsets);
        WordLayout.field(
                31, 16, SupportedLogPage::specificField, SupportedLogPage::withSpecificField);
    }

    @Test
    void logPageIds_haveNamesForPeople() {
        assertThat(LogPageId.name(0x02)).isEqualTo("SMART / Health Information");
        assertThat(LogPageId.name(0xC0)).isEqualTo("Log page C0h");
    }
}
