package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base 2.0 §3.1.3: where the registers are and what is in them. */
class RegistersTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0x00, 8, CAP",
        "0x08, 4, VS",
        "0x0C, 4, INTMS",
        "0x10, 4, INTMC",
        "0x14, 4, CC",
        "0x1C, 4, CSTS",
        "0x20, 4, NSSR",
        "0x24, 4, AQA",
        "0x28, 8, ASQ",
        "0x30, 8, ACQ",
        "0x38, 4, CMBLOC",
        "0x3C, 4, CMBSZ",
        "0x40, 4, BPINFO",
        "0x44, 4, BPRSEL",
        "0x48, 8, BPMBL",
        "0x50, 8, CMBMSC",
        "0x58, 4, CMBSTS",
        "0x5C, 4, CMBEBS",
        "0x60, 4, CMBSWTP",
        "0x64, 4, NSSD",
        "0x68, 4, CRTO",
        "0xE00, 4, PMRCAP",
        "0xE04, 4, PMRCTL",
        "0xE08, 4, PMRSTS",
        "0xE0C, 4, PMREBS",
        "0xE10, 4, PMRSWTP",
        "0xE14, 4, PMRMSCL",
        "0xE18, 4, PMRMSCU",
    })
    void register_hasTheOffsetSizeAndNameOfTheClause(String offset, int sizeBytes, String name)
            throws ReflectiveOperationException {
        int value = Registers.class.getField(name).getInt(null);
        assertThat(value).isEqualTo(Integer.decode(offset));
        assertThat(Registers.sizeBytes(value)).isEqualTo(sizeBytes);
        assertThat(Registers.name(value)).isEqualTo(name);
        if (sizeBytes == 8) {
            assertThat(Registers.sizeBytes(value + 4)).isZero();
            assertThat(Registers.name(value + 4)).isEqualTo(name + "+4h");
        }
    }

    @Test
    void offsetsBetweenRegisters_areReserved() {
        for (int offset : new int[] {0x18, 0x6C, 0xDFC, 0xE1C, 0xFFC, 0x02, 0x15, -4}) {
            assertThat(Registers.name(offset)).isEqualTo("reserved");
            assertThat(Registers.sizeBytes(offset)).isZero();
        }
    }

    @Test
    void offsetsFrom1000h_areDoorbells() {
        assertThat(Registers.name(0x1000)).isEqualTo("doorbell");
        assertThat(Registers.sizeBytes(0x1004)).isEqualTo(4);
        assertThat(Registers.sizeBytes(0x1006)).isZero();
    }

    @Test
    void configuration_hasItsFieldsInPlace() {
        WordLayout.flag(0, ControllerConfiguration::enabled, ControllerConfiguration::withEnabled);
        WordLayout.field(
                6,
                4,
                ControllerConfiguration::commandSetSelected,
                ControllerConfiguration::withCommandSetSelected);
        WordLayout.field(
                10,
                7,
                ControllerConfiguration::memoryPageSize,
                ControllerConfiguration::withMemoryPageSize);
        WordLayout.field(
                13,
                11,
                ControllerConfiguration::arbitrationMechanism,
                ControllerConfiguration::withArbitrationMechanism);
        WordLayout.field(
                15,
                14,
                ControllerConfiguration::shutdownNotification,
                ControllerConfiguration::withShutdownNotification);
        WordLayout.field(
                19,
                16,
                ControllerConfiguration::ioSubmissionEntrySizeLog2,
                ControllerConfiguration::withIoSubmissionEntrySizeLog2);
        WordLayout.field(
                23,
                20,
                ControllerConfiguration::ioCompletionEntrySizeLog2,
                ControllerConfiguration::withIoCompletionEntrySizeLog2);
        WordLayout.flag(
                24,
                ControllerConfiguration::readyIndependentOfMedia,
                ControllerConfiguration::withReadyIndependentOfMedia);
    }

    @Test
    void configurationOfLinux_isReadAsItIsMeant() {
        int enable = 0x0046_0001;
        assertThat(ControllerConfiguration.enabled(enable)).isTrue();
        assertThat(ControllerConfiguration.ioSubmissionEntrySizeLog2(enable)).isEqualTo(6);
        assertThat(ControllerConfiguration.ioCompletionEntrySizeLog2(enable)).isEqualTo(4);
        assertThat(ControllerConfiguration.memoryPageSizeBytes(enable)).isEqualTo(4096);
        assertThat(ControllerConfiguration.commandSetSelected(0x0046_0061))
                .isEqualTo(ControllerConfiguration.COMMAND_SET_ALL_SUPPORTED);
        assertThat(ControllerConfiguration.shutdownNotification(0x0046_4001))
                .isEqualTo(ControllerConfiguration.SHUTDOWN_NORMAL);
        assertThat(~ControllerConfiguration.WRITABLE_MASK).isEqualTo(0xFF00_000E);
        assertThat(ControllerConfiguration.memoryPageSizeBytes(0xF << 7)).isEqualTo(1 << 27);
    }

    @Test
    void status_hasItsFieldsInPlace() {
        WordLayout.flag(0, ControllerStatus::ready, ControllerStatus::withReady);
        WordLayout.flag(1, ControllerStatus::fatal, ControllerStatus::withFatal);
        WordLayout.field(
                3, 2, ControllerStatus::shutdownStatus, ControllerStatus::withShutdownStatus);
        WordLayout.flag(
                4,
                ControllerStatus::subsystemResetOccurred,
                ControllerStatus::withSubsystemResetOccurred);
        WordLayout.flag(
                5, ControllerStatus::processingPaused, ControllerStatus::withProcessingPaused);
        WordLayout.field(6, 6, ControllerStatus::shutdownType, ControllerStatus::withShutdownType);
        assertThat(ControllerStatus.isDeviceGone(-1)).isTrue();
        assertThat(ControllerStatus.isDeviceGone(1)).isFalse();
        assertThat(ControllerStatus.CLEAR_SUBSYSTEM_RESET_OCCURRED).isEqualTo(0x10);
    }

    @Test
    void adminQueueAttributes_areCountedFromZero() {
        WordLayout.field(11, 0, AdminQueueAttributes::submissionQueueSizeZeroBased);
        WordLayout.field(27, 16, AdminQueueAttributes::completionQueueSizeZeroBased);
        assertThat(AdminQueueAttributes.of(32, 32)).isEqualTo(0x001F_001F);
        assertThat(AdminQueueAttributes.of(2, 4096)).isEqualTo(0x0FFF_0001);
        assertThat(AdminQueueAttributes.submissionQueueEntries(0x0FFF_0001)).isEqualTo(2);
        assertThat(AdminQueueAttributes.completionQueueEntries(0x0FFF_0001)).isEqualTo(4096);
        assertThatThrownBy(() -> AdminQueueAttributes.of(4097, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "V1_0, 0x00010000, 1.0",
        "V1_1, 0x00010100, 1.1",
        "V1_2, 0x00010200, 1.2",
        "V1_2_1, 0x00010201, 1.2.1",
        "V1_3, 0x00010300, 1.3",
        "V1_4, 0x00010400, 1.4",
        "V2_0, 0x00020000, 2.0",
    })
    void version_hasTheValueOfTheClause(String name, String value, String text)
            throws ReflectiveOperationException {
        int version = Version.class.getField(name).getInt(null);
        assertThat(version).isEqualTo(Integer.decode(value));
        assertThat(Version.describe(version)).isEqualTo(text);
        assertThat(
                        Version.of(
                                Version.major(version),
                                Version.minor(version),
                                Version.tertiary(version)))
                .isEqualTo(version);
    }

    @Test
    void readyTimeouts_haveTheirFieldsInPlace() {
        WordLayout.field(15, 0, ReadyTimeouts::withMediaHalfSeconds);
        WordLayout.field(31, 16, ReadyTimeouts::independentOfMediaHalfSeconds);
        assertThat(ReadyTimeouts.of(20, 2)).isEqualTo(0x0002_0014);
    }

    @Test
    void signatures_areAscii() {
        assertThat(SubsystemReset.RESET).isEqualTo(ascii("NVMe"));
        assertThat(SubsystemReset.SHUTDOWN_NORMAL).isEqualTo(ascii("Nrml"));
        assertThat(SubsystemReset.SHUTDOWN_ABRUPT).isEqualTo(ascii("Abpt"));
    }

    private static int ascii(String text) {
        return text.chars().reduce(0, (value, character) -> value << 8 | character);
    }
}
