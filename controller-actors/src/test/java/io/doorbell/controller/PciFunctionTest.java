package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixTableEntry;
import io.doorbell.spec.pci.PowerManagementCapability;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration space, BARs, MSI-X and the order of accesses (PCIe §3.5, §3.8). */
class PciFunctionTest {
    private static final int BAR0 = ConfigurationHeader.BASE_ADDRESS_OFFSET_BYTES;
    private static final int MEMORY = ConfigurationHeader.COMMAND_MEMORY_SPACE;
    private static final int MASTER = ConfigurationHeader.COMMAND_BUS_MASTER;

    private static final int IOCQES_ONE = 1 << 20;

    private final TestHost host = TestHost.start();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void header_isThatOfAnNvmeController() {
        assertThat(host.readConfig(0, 2)).isEqualTo(0x1B36);
        assertThat(host.readConfig(8, 4) >>> 8).as("class code").isEqualTo(0x010802);
        assertThat(host.readConfig(0x0E, 1)).as("header type").isZero();
        assertThat(host.readConfig(6, 2) & 0x10).as("capability list").isNotZero();
        assertThat(host.readConfig(0x2C, 2)).as("subsystem vendor").isEqualTo(0x1B36);
        assertThat(host.readConfig(0x3D, 1)).as("pin INTA").isEqualTo(1);
    }

    @Test
    void capabilities_chainHoldsWhatLinuxLooksFor() {
        assertThat(host.capability(CapabilityHeader.ID_POWER_MANAGEMENT)).isNotZero();
        assertThat(host.capability(CapabilityHeader.ID_PCI_EXPRESS)).isNotZero();
        assertThat(host.capability(CapabilityHeader.ID_MSIX)).isNotZero();
        assertThat(host.capability(CapabilityHeader.ID_MSI)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"16, 0, 4000", "64, 0, 4000", "511, 0, 8000", "65535, 0, 100000", "4, 10, 10000"})
    void sizing_readsTheMaskOfBar0(int pairs, int stride, String sizeHex) {
        try (TestHost other = TestHost.machine().queuePairs(pairs).stride(stride).start()) {
            other.writeConfig(BAR0, 4, -1);
            other.writeConfig(BAR0 + 4, 4, -1);
            int low = other.readConfig(BAR0, 4);
            long high = Integer.toUnsignedLong(other.readConfig(BAR0 + 4, 4));
            assertThat(low & 0xF).as("64-bit memory, not prefetchable").isEqualTo(4);
            long size = -((high << 32) | Integer.toUnsignedLong(low & ~0xF));
            assertThat(size).isEqualTo(Long.parseLong(sizeHex, 16));
            other.writeConfig(BAR0, 4, 0xFEB0_0000);
            assertThat(other.readConfig(BAR0, 4)).isEqualTo(0xFEB0_0004);
        }
    }

    @Test
    void readOnlyConfiguration_keepsItsValue() {
        for (int offset : new int[] {0, 8, 0x18, 0x2C, 0x34, 0x40, 0x54, 0x58, 0x80, 0xFC}) {
            int before = host.readConfig(offset, 4);
            host.writeConfig(offset, 4, ~before);
            assertThat(host.readConfig(offset, 4)).as("%xh", offset).isEqualTo(before);
        }
    }

    @Test
    void configurationOfOtherWidths_readsAndWritesThoseBytes() {
        host.writeConfig(0x3C, 1, 0xAB);
        assertThat(host.readConfig(0x3C, 4)).isEqualTo(0x1AB);
        assertThat(host.readConfig(0x10C, 4)).as("beyond the space").isEqualTo(-1);
        assertThat(host.readConfig(0x100, 1)).isEqualTo(0xFF);
        assertThat(host.readConfig(0xFE, 4)).isEqualTo(-1);
        host.writeConfig(0x200, 4, 1);
    }

    @Test
    void memorySpaceOff_readsAllOnesAndIgnoresStores() {
        assertThat(host.readRegister32(Registers.CSTS)).isEqualTo(-1);
        host.writeRegister64(Registers.ASQ, 0x5000);
        host.command(MEMORY);
        assertThat(host.readRegister64(Registers.ASQ)).isZero();
        host.command(0);
        assertThat(host.readRegister64(Registers.CAP)).isEqualTo(-1);
    }

    @Test
    void poweredDown_neitherDecodesNorSignalsUntilFullPower() {
        host.enable();
        int power =
                host.capability(CapabilityHeader.ID_POWER_MANAGEMENT)
                        + PowerManagementCapability.CONTROL_STATUS_OFFSET_BYTES;
        host.writeConfig(power, 2, PowerManagementCapability.POWER_STATE_D3_HOT);
        assertThat(host.readConfig(power, 2) & 3).isEqualTo(3);
        assertThat(host.readRegister32(Registers.CSTS)).isEqualTo(-1);
        host.writeConfig(power, 2, PowerManagementCapability.POWER_STATE_D0);
        assertThat(host.status()).as("no soft reset").isEqualTo(1);
        TestHost.assertSuccess(command());
    }

    @Test
    void vectors_startMaskedWithNothingPending() {
        host.command(MEMORY | MASTER);
        for (int vector = 0; vector < 17; vector++) {
            long control = host.tableEntry(vector) + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES;
            assertThat(host.read(control, 4)).isEqualTo(MsixTableEntry.MASKED);
        }
        assertThat(host.pendingBits()).isZero();
    }

    @Test
    void tableEntry_readsBackAsDwordsAndQwords() {
        host.command(MEMORY);
        long entry = host.tableEntry(3);
        host.write(entry, 4, 0xFEE0_1000L);
        host.write(entry + 4, 4, 0x7);
        host.write(entry + 8, 8, 0x1_0000_0042L);
        assertThat(host.read(entry, 8)).isEqualTo(0x7_FEE0_1000L);
        assertThat(host.read(entry + 8, 4)).isEqualTo(0x42);
        assertThat(host.read(entry + 12, 4)).isEqualTo(1);
        host.write(entry + 1, 4, -1);
        host.write(entry, 2, -1);
        assertThat(host.read(entry, 8)).isEqualTo(0x7_FEE0_1000L);
    }

    @Test
    void maskedVector_becomesPendingAndIsSentOnceWhenUnmasked() {
        host.enable();
        host.mask(0, true);
        submitAndSee();
        submitAndSee();
        assertThat(host.drainInterrupts(0)).isZero();
        assertThat(host.pendingBits()).isEqualTo(1);
        host.mask(0, false);
        host.waitForInterrupt(0);
        assertThat(host.drainInterrupts(0)).isZero();
        assertThat(host.pendingBits()).isZero();
    }

    @Test
    void functionMask_holdsMessagesOfAllVectors() {
        host.enable();
        host.messageControl(MsixCapability.CONTROL_ENABLE | MsixCapability.CONTROL_FUNCTION_MASK);
        submitAndSee();
        assertThat(host.drainInterrupts(0)).isZero();
        assertThat(host.pendingBits()).isEqualTo(1);
        host.messageControl(MsixCapability.CONTROL_ENABLE);
        host.waitForInterrupt(0);
        assertThat(host.pendingBits()).isZero();
    }

    @Test
    void controllerReset_leavesMsixAsItIs() {
        host.enable();
        host.disable();
        assertThat(host.read(host.tableEntry(5) + 12, 4)).isZero();
        host.enableAgain();
        TestHost.assertSuccess(command());
    }

    @Test
    void read_isAnsweredAfterEarlierWritesOfTheLane() {
        host.enable();
        for (int round = 0; round < 100; round++) {
            host.mask(4, round % 2 == 0);
            assertThat(host.read(host.tableEntry(4) + 12, 4)).isEqualTo(1 - round % 2);
            host.writeRegister32(Registers.CC, TestHost.ENABLE + (round % 2) * IOCQES_ONE);
            assertThat(host.readRegister32(Registers.CC) & IOCQES_ONE)
                    .isEqualTo((round % 2) * IOCQES_ONE);
            host.write(0x1000 + 8 * 3, 4, 1); // no such queue: counted by its doorbell memory
            host.fence();
            assertThat(host.counters().invalidRings).isEqualTo(round + 1);
        }
    }

    @Test
    void lanes_areOrderedEachForItself() {
        try (TestHost two = TestHost.machine().reactors(2).start()) {
            two.plugIn();
            for (int round = 1; round < 200; round++) {
                int lane = round % 2;
                two.write(lane, Registers.ASQ, 8, (long) round << 12);
                two.write(lane, 0x1000 + 8L * (round % 16), 4, 1);
                assertThat(two.read(lane, Registers.ASQ, 8)).isEqualTo((long) round << 12);
                assertThat(two.counters().invalidRings).isEqualTo(round);
            }
        }
    }

    /** Runs a command whose interrupt is held back, so completion is seen by looking. */
    private void submitAndSee() {
        host.submit(host.admin(), PciFunctionTest::getFeature);
        while (host.admin().poll() == null) {
            host.fence();
        }
        while (host.counters().interrupts() == 0) {
            host.fence();
        }
    }

    private Completion command() {
        return host.admin(PciFunctionTest::getFeature);
    }

    private static void getFeature(io.doorbell.spec.SubmissionEntry entry) {
        GetFeatures.featureId(entry.opcode(AdminOpcode.GET_FEATURES), FeatureId.ARBITRATION);
    }
}
