package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.Registers;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.feature.FeatureId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads and stores below 1000h: widths, halves, odd places (Base §3.1.3, PCIe §3.1.2). */
class RegisterAccessTest {
    private final TestHost host = TestHost.start();

    @BeforeEach
    void plugIn() {
        host.plugIn();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void capabilities_readAsQwordAndAsTwoDwords() {
        long whole = host.readRegister64(Registers.CAP);
        long low = Integer.toUnsignedLong(host.readRegister32(Registers.CAP));
        long high = Integer.toUnsignedLong(host.readRegister32(Registers.CAP + 4));
        assertThat(whole).isEqualTo(low | high << 32);
        assertThat(ControllerCapabilities.maximumQueueEntriesZeroBased(whole)).isEqualTo(1023);
        assertThat(ControllerCapabilities.timeoutHalfSeconds(whole)).isEqualTo(20);
        assertThat(ControllerCapabilities.contiguousQueuesRequired(whole)).isFalse();
        assertThat(ControllerCapabilities.minimumPageSize(whole)).isZero();
    }

    @Test
    void baseAddress_writtenInHalvesInAnyOrder() {
        host.writeRegister32(Registers.ASQ + 4, 0x12);
        host.writeRegister32(Registers.ASQ, 0x3456_7FFF);
        assertThat(host.readRegister64(Registers.ASQ)).isEqualTo(0x12_3456_7000L);
        host.writeRegister32(Registers.ACQ, 0x1000);
        assertThat(host.readRegister64(Registers.ACQ)).isEqualTo(0x1000);
        host.writeRegister64(Registers.ACQ, 0xFEDC_BA98_7654_3210L);
        assertThat(host.readRegister64(Registers.ACQ)).isEqualTo(0xFEDC_BA98_7654_3000L);
        assertThat(host.readRegister32(Registers.ACQ + 4)).isEqualTo(0xFEDC_BA98);
    }

    @Test
    void adminQueueAttributes_reservedBitsReadZero() {
        host.writeRegister32(Registers.AQA, -1);
        assertThat(host.readRegister32(Registers.AQA)).isEqualTo(0x0FFF_0FFF);
    }

    @Test
    void configuration_reservedBitsReadZero() {
        host.writeRegister32(Registers.CC, 0xFF00_000E);
        assertThat(host.readRegister32(Registers.CC)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Registers.CAP,
                Registers.CAP + 4,
                Registers.VS,
                Registers.CSTS,
                Registers.NSSR,
                0x18,
                Registers.CMBLOC,
                Registers.CMBSZ,
                Registers.BPINFO,
                Registers.CRTO,
                0x6C,
                0x100,
                Registers.PMRCAP,
                0xFFC
            })
    void readOnlyRegister_keepsItsValue(int offset) {
        int before = host.readRegister32(offset);
        host.writeRegister32(offset, ~before);
        host.writeRegister64(offset & ~7, -1L);
        assertThat(host.readRegister32(offset)).isEqualTo(before);
    }

    @Test
    void interruptMask_setAndClearWorkOnOneRegister() {
        host.messageControl(0); // with MSI-X they are ignored
        host.writeRegister32(Registers.INTMS, 0b1101);
        host.writeRegister32(Registers.INTMC, 0b0100);
        assertThat(host.readRegister32(Registers.INTMS)).isEqualTo(0b1001);
        assertThat(host.readRegister32(Registers.INTMC)).isEqualTo(0b1001);
    }

    @Test
    void qwordLoadOfDwordRegisters_readsBothNeighbours() {
        host.writeRegister32(Registers.CC, 0x0046_0000);
        assertThat(host.readRegister64(Registers.CC)).isEqualTo(0x0046_0000L);
        assertThat(host.readRegister64(Registers.VS) & 0xFFFF_FFFFL).isEqualTo(0x20000);
    }

    @Test
    void oddLoads_readZero() {
        for (int width : new int[] {1, 2}) {
            assertThat(host.read(Registers.VS, width)).isZero();
        }
        assertThat(host.read(Registers.VS + 2, 4)).isZero();
        assertThat(host.read(Registers.CAP + 1, 8)).isZero();
        assertThat(host.read(0xFFC, 8)).isZero();
        assertThat(host.read(0x200, 4)).isZero();
        assertThat(host.read(0x1000, 4)).as("a doorbell").isZero();
    }

    @Test
    void oddStores_changeNothing() {
        host.writeRegister64(Registers.ASQ, 0x5000);
        host.write(Registers.ASQ, 1, 0xFF);
        host.write(Registers.ASQ, 2, 0xFFFF);
        host.write(Registers.ASQ + 2, 4, -1);
        host.write(Registers.CC, 1, 1);
        host.write(Registers.CC, 2, 1);
        host.write(Registers.CC, 8, 1);
        host.write(Registers.CC - 2, 4, 0x1_0000);
        host.write(Registers.AQA, 8, -1);
        assertThat(host.readRegister64(Registers.ASQ)).isEqualTo(0x5000);
        assertThat(host.readRegister32(Registers.CC)).isZero();
        assertThat(host.readRegister32(Registers.AQA)).isZero();
        assertThat(host.status()).isZero();
    }

    @Test
    void beyondTheRegisters_storesAreIgnoredAndLoadsReadZero() {
        for (long offset = 0x1000; offset < 0x8000; offset += 0x404) {
            if (offset < host.tableEntry(0) || offset > host.tableEntry(17)) {
                host.write(offset & ~3, 4, 1);
                assertThat(host.read(offset & ~3, 4)).isZero();
            }
        }
        host.write(1L << 40, 4, 1);
        assertThat(host.read(1L << 40, 8)).isZero();
        host.enable();
        assertThat(
                        host.admin(
                                        AdminOpcode.GET_FEATURES,
                                        entry ->
                                                GetFeatures.featureId(
                                                        entry, FeatureId.NUMBER_OF_QUEUES))
                                .status())
                .isZero();
    }

    @Test
    void otherBars_areNotThere() {
        assertThat(host.readBar(2, 0, 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(host.readBar(2, 0, 8)).isEqualTo(-1L);
        assertThat(host.readBar(1, 0, 2)).isEqualTo(0xFFFFL);
    }
}
