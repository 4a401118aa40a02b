package io.doorbell.spec.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.WindowLayout;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;

/** PCIe 1.0 §3.8. */
class PciLayoutTest {
    @Test
    void configurationHeader_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(64, new ConfigurationHeader()::wrap)
                .field(
                        "vendorId",
                        1,
                        0,
                        ConfigurationHeader::vendorId,
                        ConfigurationHeader::vendorId)
                .field(
                        "deviceId",
                        3,
                        2,
                        ConfigurationHeader::deviceId,
                        ConfigurationHeader::deviceId)
                .field("command", 5, 4, ConfigurationHeader::command, ConfigurationHeader::command)
                .field("status", 7, 6, ConfigurationHeader::status, ConfigurationHeader::status)
                .field(
                        "revisionId",
                        8,
                        8,
                        ConfigurationHeader::revisionId,
                        ConfigurationHeader::revisionId)
                .field(
                        "classCode",
                        11,
                        9,
                        ConfigurationHeader::classCode,
                        ConfigurationHeader::classCode)
                .field(
                        "cacheLineSize",
                        12,
                        12,
                        ConfigurationHeader::cacheLineSize,
                        ConfigurationHeader::cacheLineSize)
                .field(
                        "latencyTimer",
                        13,
                        13,
                        ConfigurationHeader::latencyTimer,
                        ConfigurationHeader::latencyTimer)
                .field(
                        "headerType",
                        14,
                        14,
                        ConfigurationHeader::headerType,
                        ConfigurationHeader::headerType)
                .field(
                        "builtInSelfTest",
                        15,
                        15,
                        ConfigurationHeader::builtInSelfTest,
                        ConfigurationHeader::builtInSelfTest)
                .field(
                        "baseAddress 0",
                        19,
                        16,
                        v -> v.baseAddress(0),
                        (v, x) -> v.baseAddress(0, x))
                .field(
                        "baseAddress 5",
                        39,
                        36,
                        v -> v.baseAddress(5),
                        (v, x) -> v.baseAddress(5, x))
                .field(
                        "subsystemVendorId",
                        45,
                        44,
                        ConfigurationHeader::subsystemVendorId,
                        ConfigurationHeader::subsystemVendorId)
                .field(
                        "subsystemId",
                        47,
                        46,
                        ConfigurationHeader::subsystemId,
                        ConfigurationHeader::subsystemId)
                .field(
                        "expansionRom",
                        51,
                        48,
                        ConfigurationHeader::expansionRom,
                        ConfigurationHeader::expansionRom)
                .field(
                        "capabilitiesPointer",
                        52,
                        52,
                        ConfigurationHeader::capabilitiesPointer,
                        ConfigurationHeader::capabilitiesPointer)
                .field(
                        "interruptLine",
                        60,
                        60,
                        ConfigurationHeader::interruptLine,
                        ConfigurationHeader::interruptLine)
                .field(
                        "interruptPin",
                        61,
                        61,
                        ConfigurationHeader::interruptPin,
                        ConfigurationHeader::interruptPin)
                .hasNoOtherField(ConfigurationHeader.class);
        assertThat(ConfigurationHeader.SIZE_BYTES).isEqualTo(64);
    }

    @Test
    void capabilityHeader_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(2, new CapabilityHeader()::wrap)
                .field(
                        "capabilityId",
                        0,
                        0,
                        CapabilityHeader::capabilityId,
                        CapabilityHeader::capabilityId)
                .field("next", 1, 1, CapabilityHeader::next, CapabilityHeader::next)
                .elsewhere(256)
                .hasNoOtherField(CapabilityHeader.class);
        assertThat(CapabilityHeader.SIZE_BYTES).isEqualTo(2);
    }

    @Test
    void powerManagementCapability_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(8, new PowerManagementCapability()::wrap)
                .field(
                        "capabilityId",
                        0,
                        0,
                        PowerManagementCapability::capabilityId,
                        PowerManagementCapability::capabilityId)
                .field(
                        "next",
                        1,
                        1,
                        PowerManagementCapability::next,
                        PowerManagementCapability::next)
                .field(
                        "capabilities",
                        3,
                        2,
                        PowerManagementCapability::capabilities,
                        PowerManagementCapability::capabilities)
                .field(
                        "controlStatus",
                        5,
                        4,
                        PowerManagementCapability::controlStatus,
                        PowerManagementCapability::controlStatus)
                .hasNoOtherField(PowerManagementCapability.class);
        assertThat(PowerManagementCapability.SIZE_BYTES).isEqualTo(8);
    }

    @Test
    void pciExpressCapability_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(60, new PciExpressCapability()::wrap)
                .field(
                        "capabilityId",
                        0,
                        0,
                        PciExpressCapability::capabilityId,
                        PciExpressCapability::capabilityId)
                .field("next", 1, 1, PciExpressCapability::next, PciExpressCapability::next)
                .field(
                        "capabilities",
                        3,
                        2,
                        PciExpressCapability::capabilities,
                        PciExpressCapability::capabilities)
                .field(
                        "deviceCapabilities",
                        7,
                        4,
                        PciExpressCapability::deviceCapabilities,
                        PciExpressCapability::deviceCapabilities)
                .field(
                        "deviceControl",
                        9,
                        8,
                        PciExpressCapability::deviceControl,
                        PciExpressCapability::deviceControl)
                .field(
                        "deviceStatus",
                        11,
                        10,
                        PciExpressCapability::deviceStatus,
                        PciExpressCapability::deviceStatus)
                .field(
                        "linkCapabilities",
                        15,
                        12,
                        PciExpressCapability::linkCapabilities,
                        PciExpressCapability::linkCapabilities)
                .field(
                        "linkControl",
                        17,
                        16,
                        PciExpressCapability::linkControl,
                        PciExpressCapability::linkControl)
                .field(
                        "linkStatus",
                        19,
                        18,
                        PciExpressCapability::linkStatus,
                        PciExpressCapability::linkStatus)
                .field(
                        "deviceCapabilities2",
                        39,
                        36,
                        PciExpressCapability::deviceCapabilities2,
                        PciExpressCapability::deviceCapabilities2)
                .field(
                        "deviceControl2",
                        41,
                        40,
                        PciExpressCapability::deviceControl2,
                        PciExpressCapability::deviceControl2)
                .hasNoOtherField(PciExpressCapability.class);
        assertThat(PciExpressCapability.SIZE_BYTES).isEqualTo(60);
    }

    @Test
    void msiCapability_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(16, new MsiCapability()::wrap)
                .field(
                        "capabilityId",
                        0,
                        0,
                        MsiCapability::capabilityId,
                        MsiCapability::capabilityId)
                .field("next", 1, 1, MsiCapability::next, MsiCapability::next)
                .field("control", 3, 2, MsiCapability::control, MsiCapability::control)
                .qword("address", 4, MsiCapability::address, MsiCapability::address)
                .field("data", 13, 12, MsiCapability::data, MsiCapability::data)
                .hasNoOtherField(MsiCapability.class);
        assertThat(MsiCapability.SIZE_BYTES).isEqualTo(16);
    }

    @Test
    void msixCapability_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(12, new MsixCapability()::wrap)
                .field(
                        "capabilityId",
                        0,
                        0,
                        MsixCapability::capabilityId,
                        MsixCapability::capabilityId)
                .field("next", 1, 1, MsixCapability::next, MsixCapability::next)
                .field("control", 3, 2, MsixCapability::control, MsixCapability::control)
                .field("table", 7, 4, MsixCapability::table, MsixCapability::table)
                .field(
                        "pendingBits",
                        11,
                        8,
                        MsixCapability::pendingBits,
                        MsixCapability::pendingBits)
                .hasNoOtherField(MsixCapability.class);
        assertThat(MsixCapability.SIZE_BYTES).isEqualTo(12);
    }

    @Test
    void msixTableEntry_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(16, new MsixTableEntry()::wrap)
                .qword("address", 0, MsixTableEntry::address, MsixTableEntry::address)
                .field("data", 11, 8, MsixTableEntry::data, MsixTableEntry::data)
                .field(
                        "vectorControl",
                        15,
                        12,
                        MsixTableEntry::vectorControl,
                        MsixTableEntry::vectorControl)
                .hasNoOtherField(MsixTableEntry.class);
        assertThat(MsixTableEntry.SIZE_BYTES).isEqualTo(16);
    }

    @Test
    void classCode_isSplitOverThreeBytes() {
        MemorySegment memory = WindowLayout.memory(64);
        new ConfigurationHeader()
                .wrap(memory, 0)
                .classCode(ConfigurationHeader.CLASS_CODE_NVME_IO)
                .revisionId(0x55);
        assertThat(WindowLayout.hex(memory, 8, 4)).isEqualTo("55020801");
    }

    @Test
    void msixTableSize_isCountedFromZero() {
        MsixCapability capability = new MsixCapability().wrap(WindowLayout.memory(12), 0);
        capability.control(MsixCapability.CONTROL_ENABLE).vectorCount(2048);
        assertThat(capability.control()).isEqualTo(0x87FF);
        assertThat(capability.vectorCount()).isEqualTo(2048);
        assertThat(capability.isUnmasked()).isTrue();
        capability.control(0xC000);
        assertThat(capability.vectorCount()).isEqualTo(1);
        assertThat(capability.isUnmasked()).isFalse();
        assertThatThrownBy(() -> capability.vectorCount(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> capability.vectorCount(2049))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void msixLocation_packsBarAndOffset() {
        int location = MsixCapability.location(4, 0xFFFF_F000L);
        assertThat(location).isEqualTo(0xFFFF_F004);
        assertThat(MsixCapability.bar(location)).isEqualTo(4);
        assertThat(MsixCapability.offsetInBar(location)).isEqualTo(0xFFFF_F000L);
    }

    @Test
    void resetTableEntry_isMasked() {
        MsixTableEntry entry = new MsixTableEntry().wrap(WindowLayout.memory(16), 0);
        entry.address(-1).data(-1).vectorControl(0);
        assertThat(entry.isMasked()).isFalse();
        entry.reset();
        assertThat(entry.isMasked()).isTrue();
        assertThat(entry.address()).isZero();
        assertThat(entry.data()).isZero();
    }

    @Test
    void pendingBits_are64ToAQword() {
        MemorySegment memory = WindowLayout.memory(24);
        MsixPendingBits bits = new MsixPendingBits().wrap(memory, 8);
        bits.pending(0, true).pending(63, true).pending(64, true);
        assertThat(WindowLayout.hex(memory, 0, 24))
                .isEqualTo("0000000000000000" + "0100000000000080" + "0100000000000000");
        assertThat(bits.isPending(63)).isTrue();
        assertThat(bits.isPending(62)).isFalse();
        bits.pending(63, false);
        assertThat(bits.isPending(63)).isFalse();
        assertThat(bits.isPending(0)).isTrue();
        assertThat(MsixPendingBits.sizeBytes(64)).isEqualTo(8);
        assertThat(MsixPendingBits.sizeBytes(65)).isEqualTo(16);
        assertThat(MsixPendingBits.sizeBytes(2048)).isEqualTo(256);
    }
}
