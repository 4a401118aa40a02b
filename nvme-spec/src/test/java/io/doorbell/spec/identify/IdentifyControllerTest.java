package io.doorbell.spec.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.doorbell.spec.WindowLayout;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/** Base 2.0 §5.17.2.1, Figure 275; NVM 1.0 §4.1.5.2. */
class IdentifyControllerTest {
    @Test
    void everyFieldIsWhereTheClausePutsIt() {
        WindowLayout.of(4096, new IdentifyController()::wrap)
                .field("VID", 1, 0, IdentifyController::vendorId, IdentifyController::vendorId)
                .field(
                        "SSVID",
                        3,
                        2,
                        IdentifyController::subsystemVendorId,
                        IdentifyController::subsystemVendorId)
                .elsewhere(4)
                .elsewhere(24)
                .elsewhere(64)
                .field(
                        "RAB",
                        72,
                        72,
                        IdentifyController::recommendedArbitrationBurst,
                        IdentifyController::recommendedArbitrationBurst)
                .field("IEEE", 75, 73, IdentifyController::ieeeOui, IdentifyController::ieeeOui)
                .field(
                        "CMIC",
                        76,
                        76,
                        IdentifyController::multiPathCapabilities,
                        IdentifyController::multiPathCapabilities)
                .field(
                        "MDTS",
                        77,
                        77,
                        IdentifyController::maximumDataTransferSize,
                        IdentifyController::maximumDataTransferSize)
                .field(
                        "CNTLID",
                        79,
                        78,
                        IdentifyController::controllerId,
                        IdentifyController::controllerId)
                .field("VER", 83, 80, IdentifyController::version, IdentifyController::version)
                .field(
                        "RTD3R",
                        87,
                        84,
                        IdentifyController::resumeLatencyMicros,
                        IdentifyController::resumeLatencyMicros)
                .field(
                        "RTD3E",
                        91,
                        88,
                        IdentifyController::shutdownLatencyMicros,
                        IdentifyController::shutdownLatencyMicros)
                .field(
                        "OAES",
                        95,
                        92,
                        IdentifyController::eventsSupported,
                        IdentifyController::eventsSupported)
                .field(
                        "CTRATT",
                        99,
                        96,
                        IdentifyController::controllerAttributes,
                        IdentifyController::controllerAttributes)
                .field(
                        "CNTRLTYPE",
                        111,
                        111,
                        IdentifyController::controllerType,
                        IdentifyController::controllerType)
                .bigEndianQword(
                        "FGUID high",
                        112,
                        IdentifyController::fruGuidHigh,
                        (v, x) -> v.fruGuid(x, v.fruGuidLow()))
                .bigEndianQword(
                        "FGUID low",
                        120,
                        IdentifyController::fruGuidLow,
                        (v, x) -> v.fruGuid(v.fruGuidHigh(), x))
                .field(
                        "CRDT1",
                        129,
                        128,
                        IdentifyController::retryDelay1,
                        IdentifyController::retryDelay1)
                .field(
                        "CRDT2",
                        131,
                        130,
                        IdentifyController::retryDelay2,
                        IdentifyController::retryDelay2)
                .field(
                        "CRDT3",
                        133,
                        132,
                        IdentifyController::retryDelay3,
                        IdentifyController::retryDelay3)
                .field(
                        "OACS",
                        257,
                        256,
                        IdentifyController::optionalAdminCommands,
                        IdentifyController::optionalAdminCommands)
                .field(
                        "ACL",
                        258,
                        258,
                        IdentifyController::abortLimitZeroBased,
                        IdentifyController::abortLimitZeroBased)
                .field(
                        "AERL",
                        259,
                        259,
                        IdentifyController::eventRequestLimitZeroBased,
                        IdentifyController::eventRequestLimitZeroBased)
                .field(
                        "FRMW",
                        260,
                        260,
                        IdentifyController::firmwareUpdates,
                        IdentifyController::firmwareUpdates)
                .field(
                        "LPA",
                        261,
                        261,
                        IdentifyController::logPageAttributes,
                        IdentifyController::logPageAttributes)
                .field(
                        "ELPE",
                        262,
                        262,
                        IdentifyController::errorLogEntriesZeroBased,
                        IdentifyController::errorLogEntriesZeroBased)
                .field(
                        "NPSS",
                        263,
                        263,
                        IdentifyController::powerStatesZeroBased,
                        IdentifyController::powerStatesZeroBased)
                .field(
                        "AVSCC",
                        264,
                        264,
                        IdentifyController::adminVendorCommandConfiguration,
                        IdentifyController::adminVendorCommandConfiguration)
                .field(
                        "APSTA",
                        265,
                        265,
                        IdentifyController::autonomousPowerStateTransition,
                        IdentifyController::autonomousPowerStateTransition)
                .field(
                        "WCTEMP",
                        267,
                        266,
                        IdentifyController::warningTemperatureKelvin,
                        IdentifyController::warningTemperatureKelvin)
                .field(
                        "CCTEMP",
                        269,
                        268,
                        IdentifyController::criticalTemperatureKelvin,
                        IdentifyController::criticalTemperatureKelvin)
                .field(
                        "MTFA",
                        271,
                        270,
                        IdentifyController::maximumFirmwareActivationTime,
                        IdentifyController::maximumFirmwareActivationTime)
                .field(
                        "HMPRE",
                        275,
                        272,
                        IdentifyController::hostMemoryPreferred,
                        IdentifyController::hostMemoryPreferred)
                .field(
                        "HMMIN",
                        279,
                        276,
                        IdentifyController::hostMemoryMinimum,
                        IdentifyController::hostMemoryMinimum)
                .qword(
                        "TNVMCAP low",
                        280,
                        IdentifyController::totalCapacityBytes,
                        (v, x) -> v.totalCapacityBytes(v.totalCapacityBytesHigh(), x))
                .qword(
                        "TNVMCAP high",
                        288,
                        IdentifyController::totalCapacityBytesHigh,
                        (v, x) -> v.totalCapacityBytes(x, v.totalCapacityBytes()))
                .qword(
                        "UNVMCAP low",
                        296,
                        IdentifyController::unallocatedCapacityBytes,
                        (v, x) -> v.unallocatedCapacityBytes(v.unallocatedCapacityBytesHigh(), x))
                .qword(
                        "UNVMCAP high",
                        304,
                        IdentifyController::unallocatedCapacityBytesHigh,
                        (v, x) -> v.unallocatedCapacityBytes(x, v.unallocatedCapacityBytes()))
                .field(
                        "RPMBS",
                        315,
                        312,
                        IdentifyController::replayProtectedMemoryBlocks,
                        IdentifyController::replayProtectedMemoryBlocks)
                .field(
                        "FWUG",
                        319,
                        319,
                        IdentifyController::firmwareGranularity,
                        IdentifyController::firmwareGranularity)
                .field(
                        "KAS",
                        321,
                        320,
                        IdentifyController::keepAliveGranularity,
                        IdentifyController::keepAliveGranularity)
                .field(
                        "SANICAP",
                        331,
                        328,
                        IdentifyController::sanitizeCapabilities,
                        IdentifyController::sanitizeCapabilities)
                .field(
                        "HMMINDS",
                        335,
                        332,
                        IdentifyController::hostMemoryDescriptorMinimum,
                        IdentifyController::hostMemoryDescriptorMinimum)
                .field(
                        "HMMAXD",
                        337,
                        336,
                        IdentifyController::hostMemoryDescriptorsMaximum,
                        IdentifyController::hostMemoryDescriptorsMaximum)
                .field(
                        "NSETIDMAX",
                        339,
                        338,
                        IdentifyController::nvmSetIdMaximum,
                        IdentifyController::nvmSetIdMaximum)
                .field(
                        "ENDGIDMAX",
                        341,
                        340,
                        IdentifyController::enduranceGroupIdMaximum,
                        IdentifyController::enduranceGroupIdMaximum)
                .field(
                        "ANATT",
                        342,
                        342,
                        IdentifyController::anaTransitionSeconds,
                        IdentifyController::anaTransitionSeconds)
                .field(
                        "ANACAP",
                        343,
                        343,
                        IdentifyController::anaCapabilities,
                        IdentifyController::anaCapabilities)
                .field(
                        "ANAGRPMAX",
                        347,
                        344,
                        IdentifyController::anaGroupIdMaximum,
                        IdentifyController::anaGroupIdMaximum)
                .field(
                        "NANAGRPID",
                        351,
                        348,
                        IdentifyController::anaGroupCount,
                        IdentifyController::anaGroupCount)
                .field(
                        "SQES",
                        512,
                        512,
                        IdentifyController::submissionEntrySizes,
                        IdentifyController::submissionEntrySizes)
                .field(
                        "CQES",
                        513,
                        513,
                        IdentifyController::completionEntrySizes,
                        IdentifyController::completionEntrySizes)
                .field(
                        "MAXCMD",
                        515,
                        514,
                        IdentifyController::maximumOutstandingCommands,
                        IdentifyController::maximumOutstandingCommands)
                .field(
                        "NN",
                        519,
                        516,
                        IdentifyController::namespaceIdMaximum,
                        IdentifyController::namespaceIdMaximum)
                .field(
                        "ONCS",
                        521,
                        520,
                        IdentifyController::optionalNvmCommands,
                        IdentifyController::optionalNvmCommands)
                .field(
                        "FUSES",
                        523,
                        522,
                        IdentifyController::fusedOperations,
                        IdentifyController::fusedOperations)
                .field(
                        "FNA",
                        524,
                        524,
                        IdentifyController::formatAttributes,
                        IdentifyController::formatAttributes)
                .field(
                        "VWC",
                        525,
                        525,
                        IdentifyController::volatileWriteCache,
                        IdentifyController::volatileWriteCache)
                .field(
                        "AWUN",
                        527,
                        526,
                        IdentifyController::atomicWriteUnitZeroBased,
                        IdentifyController::atomicWriteUnitZeroBased)
                .field(
                        "AWUPF",
                        529,
                        528,
                        IdentifyController::atomicWriteUnitPowerFailZeroBased,
                        IdentifyController::atomicWriteUnitPowerFailZeroBased)
                .field(
                        "ICSVSCC",
                        530,
                        530,
                        IdentifyController::ioVendorCommandConfiguration,
                        IdentifyController::ioVendorCommandConfiguration)
                .field(
                        "NWPC",
                        531,
                        531,
                        IdentifyController::writeProtectionCapabilities,
                        IdentifyController::writeProtectionCapabilities)
                .field(
                        "ACWU",
                        533,
                        532,
                        IdentifyController::atomicCompareWriteUnitZeroBased,
                        IdentifyController::atomicCompareWriteUnitZeroBased)
                .field(
                        "OCFS",
                        535,
                        534,
                        IdentifyController::copyFormats,
                        IdentifyController::copyFormats)
                .field(
                        "SGLS",
                        539,
                        536,
                        IdentifyController::sglSupport,
                        IdentifyController::sglSupport)
                .field(
                        "MNAN",
                        543,
                        540,
                        IdentifyController::namespacesMaximum,
                        IdentifyController::namespacesMaximum)
                .elsewhere(768)
                .elsewhere(2048)
                .hasNoOtherField(IdentifyController.class);
    }

    private final MemorySegment memory = WindowLayout.memory(4096);
    private final IdentifyController page = new IdentifyController().wrap(memory, 0);

    @Test
    void textFields_fillTheirBytesWithSpaces() {
        page.serialNumber("DB0001").modelNumber("Doorbell").firmwareRevision("1.0");
        assertThat(ascii(4, 20)).isEqualTo("DB0001              ");
        assertThat(ascii(24, 40)).isEqualTo("Doorbell                                ");
        assertThat(ascii(64, 8)).isEqualTo("1.0     ");
        assertThat(page.serialNumber()).isEqualTo("DB0001");
        assertThat(page.modelNumber()).isEqualTo("Doorbell");
        assertThat(page.firmwareRevision()).isEqualTo("1.0");
        assertThat(page.vendorId()).isZero();
        assertThat(page.recommendedArbitrationBurst()).isZero();
    }

    @Test
    void textThatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> page.firmwareRevision("123456789"))
                .hasMessage(
                        "\"123456789\" does not fit a field of 8 printable ASCII characters; shorten"
                                + " it.");
        assertThatThrownBy(() -> page.firmwareRevision("é")).isInstanceOf(RuntimeException.class);
        page.firmwareRevision("12345678");
        assertThat(page.firmwareRevision()).isEqualTo("12345678");
    }

    @Test
    void qualifiedName_endsInNul() {
        page.subsystemQualifiedName("nqn.2014-08.org.nvmexpress:uuid:0");
        assertThat(ascii(768, 35)).isEqualTo("nqn.2014-08.org.nvmexpress:uuid:0\0\0");
        assertThat(page.subsystemQualifiedName()).isEqualTo("nqn.2014-08.org.nvmexpress:uuid:0");
        page.subsystemQualifiedName("x".repeat(255));
        assertThat(page.subsystemQualifiedName()).hasSize(255);
        assertThatThrownBy(() -> page.subsystemQualifiedName("x".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oui_isStoredLeastSignificantByteFirst() {
        page.ieeeOui(0x112233);
        assertThat(WindowLayout.hex(memory, 73, 3)).isEqualTo("332211");
    }

    @Test
    void capacityFromALong_clearsTheHighHalf() {
        page.totalCapacityBytes(-1, -1).totalCapacityBytes(1L << 40);
        assertThat(page.totalCapacityBytes()).isEqualTo(1L << 40);
        assertThat(page.totalCapacityBytesHigh()).isZero();
    }

    @Test
    void powerStates_are32BytesApartFrom2048() {
        PowerStateDescriptor state = new PowerStateDescriptor();
        page.powerState(0, state).maximumPower(0x09C4).entryLatencyMicros(16).exitLatencyMicros(4);
        page.powerState(31, state).maximumPower(0x0102);
        assertThat(WindowLayout.hex(memory, 2048, 12)).isEqualTo("c40900001000000004000000");
        assertThat(WindowLayout.hex(memory, 3040, 2)).isEqualTo("0201");
        assertThatThrownBy(() -> page.powerState(32, state))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void capabilityBits_areThoseOfTheClause() {
        assertThat(OptionalAdminCommands.DOORBELL_BUFFER_CONFIG).isEqualTo(0x100);
        assertThat(OptionalAdminCommands.LOCKDOWN).isEqualTo(0x400);
        assertThat(OptionalNvmCommands.DATASET_MANAGEMENT | OptionalNvmCommands.WRITE_ZEROES)
                .isEqualTo(0x0C);
        assertThat(OptionalNvmCommands.COPY).isEqualTo(0x100);
        assertThat(
                        IdentifyController.VWC_PRESENT
                                | IdentifyController.VWC_BROADCAST_FLUSH_SUPPORTED)
                .isEqualTo(0x07);
        assertThat(IdentifyController.LPA_COMMAND_EFFECTS | IdentifyController.LPA_EXTENDED_DATA)
                .isEqualTo(0x06);
    }

    private String ascii(int offset, int sizeBytes) {
        byte[] raw = HexFormat.of().parseHex(WindowLayout.hex(memory, offset, sizeBytes));
        return new String(raw, US_ASCII);
    }
}
