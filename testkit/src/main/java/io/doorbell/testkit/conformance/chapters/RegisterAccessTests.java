package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Registers;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

/** Accesses of each width and alignment (PCIe §3.1.2; what is not defined there harms nobody). */
@Chapter("Registers and life cycle")
final class RegisterAccessTests {
    private static final long BASE = 0x12_3456_7000L;

    @Clause(
            value = "PCIe §3.1.2",
            otherwise = "A driver that stores queue addresses as qwords gets other queues.",
            values = {Registers.ASQ, Registers.ACQ})
    void base_writtenAsQword_readsAsTwoDwords(Host host, long register) {
        host.enableFunction();
        host.write64(register, BASE);
        Expect.equal("low half", host.read32(register), BASE & 0xFFFF_FFFFL);
        Expect.equal("high half", host.read32(register + 4), BASE >>> 32);
    }

    @Clause(
            value = "PCIe §3.1.2",
            otherwise = "A driver that stores the low half first gets other queues.",
            values = {Registers.ASQ, Registers.ACQ})
    void base_writtenLowHalfFirst_readsAsQword(Host host, long register) {
        host.enableFunction();
        host.write64(register, -1L);
        host.write32(register, (int) BASE);
        host.write32(register + 4, (int) (BASE >>> 32));
        Expect.equal("base", host.read64(register), BASE);
    }

    @Clause(
            value = "PCIe §3.1.2",
            otherwise = "A driver that stores the high half first gets other queues.",
            values = {Registers.ASQ, Registers.ACQ})
    void base_writtenHighHalfFirst_readsAsQword(Host host, long register) {
        host.enableFunction();
        host.write64(register, -1L);
        host.write32(register + 4, (int) (BASE >>> 32));
        host.write32(register, (int) BASE);
        Expect.equal("base", host.read64(register), BASE);
    }

    @Clause(
            value = "PCIe §3.1.2",
            otherwise = "A driver that stores addresses in halves cannot use the controller.")
    void adminQueues_programmedInHalves_work(Host host) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(32, 32);
        long submission = host.read64(Registers.ASQ);
        long completion = host.read64(Registers.ACQ);
        host.write64(Registers.ASQ, 0);
        host.write64(Registers.ACQ, 0);
        host.write32(Registers.ASQ, (int) submission);
        host.write32(Registers.ACQ, (int) completion);
        host.write32(Registers.ASQ + 4, (int) (submission >>> 32));
        host.write32(Registers.ACQ + 4, (int) (completion >>> 32));
        host.enable(Host.CC_ENABLE);
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "PCIe §3.1.2",
            level = Level.MAY,
            otherwise = "A stray store of an odd width or place disables a running controller.",
            values = {0x141, 0x142, 0x151, 0x161, 0x162, 0x172, 0x101, 0x148, 0x108, 0x124})
    void oddStoreNearCc_leavesTheControllerRunning(Host host, long place) {
        host.start();
        int width = (int) (place & 0xF);
        long offset = place >>> 4;
        if (place == 0x124) {
            offset = Registers.CC - 2; // a dword that ends inside CC
        }
        host.function().writeBar(0, offset, width, 0);
        Expect.equal("CC", host.cc(), Host.CC_ENABLE);
        Expect.equal("CSTS", host.csts(), 1);
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "PCIe §3.1.2",
            level = Level.MAY,
            otherwise = "A stray load of an odd width or place stops the host.",
            values = {0x001, 0x012, 0x014, 0x024, 0x048, 0x148, 0x1C1, 0x1C2, 0x1E2, 0x1D4, 0xFF8})
    void oddLoad_isAnsweredAndChangesNothing(Host host, long place) {
        host.start();
        host.function().readBar(0, place >>> 4, (int) (place & 0xF));
        Expect.equal("CC", host.cc(), Host.CC_ENABLE);
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "PCIe §3.1.2",
            level = Level.MAY,
            otherwise = "A load beyond the registers stops the host.",
            values = {0x1000, 0x1004, 0x1FFC, 0x2FFC, 0x3FF8})
    void loadBeyondTheRegisters_isAnswered(Host host, long offset) {
        host.start();
        host.read32(offset);
        host.read64(offset & -8);
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "PCIe §3.1.2",
            level = Level.MAY,
            otherwise = "A stray store beyond the doorbells stops the controller.",
            values = {0x1FFC, 0x2FFC, 0x3FF8})
    void storeBeyondTheDoorbells_leavesTheControllerRunning(Host host, long offset) {
        host.start();
        host.write32(offset, -1);
        host.write64(offset & -8, -1L);
        host.adminOk(Commands.getFeature(7));
    }
}
