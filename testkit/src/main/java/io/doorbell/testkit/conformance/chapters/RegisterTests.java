package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ReadyTimeouts;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Version;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

/** What the registers of BAR0 read, and which bits a host can change (Base §3.1.3). */
@Chapter("Registers and life cycle")
final class RegisterTests {
    private static final long CAP_RESERVED = 0xE000_0000_00F8_0000L;

    // ---- CAP, VS, CRTO -----------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.1.2",
            otherwise = "A driver that reads CAP as two dwords sees another controller.")
    void cap_readsTheSameAsQwordAndAsTwoDwords(Host host) {
        host.enableFunction();
        long low = host.read32(Registers.CAP) & 0xFFFF_FFFFL;
        long high = host.read32(Registers.CAP + 4);
        Expect.equal("CAP as two dwords", high << 32 | low, host.cap());
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver would create queues of one entry, which are never not full.",
            values = {2, 1024, 65_536})
    void capMqes_allowsAtLeastTwoEntries(Bench bench, long entries) {
        Host host = bench.powerOn(DeviceShape.DEFAULT.withQueueEntries((int) entries));
        host.enableFunction();
        Expect.that(
                "CAP.MQES allows 2 entries",
                ControllerCapabilities.maximumQueueEntries(host.cap()) >= 2);
    }

    @Clause(value = "Base §3.1.3.1", otherwise = "A driver gives up waiting for CSTS.RDY at once.")
    void capTo_leavesTimeToBecomeReady(Host host) {
        host.enableFunction();
        Expect.that("CAP.TO is not 0", ControllerCapabilities.timeoutHalfSeconds(host.cap()) > 0);
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver finds no command set that it can select.")
    void capCss_offersTheNvmCommandSet(Host host) {
        host.enableFunction();
        int sets = ControllerCapabilities.commandSets(host.cap());
        Expect.that(
                "CAP.CSS offers the NVM command set",
                (sets & ControllerCapabilities.COMMAND_SET_NVM) != 0);
    }

    @Clause(value = "Base §3.1.3.1", otherwise = "A driver finds no page size that it may select.")
    void capMpsmin_isNotAboveMpsmax(Host host) {
        host.enableFunction();
        Expect.that(
                "CAP.MPSMIN <= CAP.MPSMAX",
                ControllerCapabilities.minimumPageSize(host.cap())
                        <= ControllerCapabilities.maximumPageSize(host.cap()));
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver of a later version takes a reserved bit for a capability.")
    void cap_reservedBitsReadZero(Host host) {
        host.enableFunction();
        Expect.equal("reserved bits of CAP", host.cap() & CAP_RESERVED, 0);
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver shuts down the subsystem by a register that is not there.")
    void capNsss_isClearWithoutNssrs(Bench bench) {
        Host host = bench.powerOn(DeviceShape.DEFAULT.withSubsystemReset(false));
        host.enableFunction();
        NotApplicable.unless(
                !ControllerCapabilities.subsystemResetSupported(host.cap()), "CAP.NSSRS is 1");
        Expect.that(
                "CAP.NSSS is 0", !ControllerCapabilities.subsystemShutdownSupported(host.cap()));
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver of version 2.0 finds no way in which the controller gets ready.")
    void capCrms_offersReadyWithMediaAfterVersion1_4(Host host) {
        host.enableFunction();
        NotApplicable.unless(host.read32(Registers.VS) > Version.V1_4, "VS is 1.4 or earlier");
        Expect.that(
                "CAP.CRMS offers ready with media",
                ControllerCapabilities.readyWithMediaSupported(host.cap()));
    }

    @Clause(
            value = "Base §3.1.3.21",
            otherwise = "A driver that waits CRTO instead of CAP.TO gives up too early.")
    void crto_agreesWithCapTo(Host host) {
        host.enableFunction();
        NotApplicable.unless(
                ControllerCapabilities.readyWithMediaSupported(host.cap()), "CAP.CRMS is 0");
        int timeouts = host.read32(Registers.CRTO);
        int withMedia = ReadyTimeouts.withMediaHalfSeconds(timeouts);
        Expect.that(
                "CRTO.CRWMT >= CRTO.CRIMT",
                withMedia >= ReadyTimeouts.independentOfMediaHalfSeconds(timeouts));
        Expect.equal(
                "CAP.TO",
                ControllerCapabilities.timeoutHalfSeconds(host.cap()),
                Math.min(0xFF, withMedia));
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver that asks Identify for the version uses another one than VS.")
    void vs_equalsTheVersionOfIdentifyController(Host host) {
        host.start();
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        Expect.equal(
                "Identify VER",
                host.memory().getInt(page + IdentifyController.VER_OFFSET_BYTES),
                host.read32(Registers.VS));
    }

    // ---- what is not there ---------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3",
            level = Level.SHOULD,
            otherwise =
                    "A driver that probes optional registers finds features that are not there.",
            values = {0x18, 0x38, 0x3C, 0x40, 0x58, 0x5C, 0x60, 0xE00, 0xE08})
    void absentRegister_readsZero(Host host, long offset) {
        host.enableFunction();
        Expect.equal("register %Xh".formatted(offset), host.read32(offset), 0);
    }

    @Clause(
            value = "Base §3.1.3",
            otherwise = "A driver of a later version takes what it wrote for a register.",
            values = {0x18, 0x6C, 0x100, 0x200, 0xDFC, 0xE1C, 0xFF8, 0xFFC})
    void reservedRegister_readsZeroWhateverIsWritten(Host host, long offset) {
        host.enableFunction();
        host.write32(offset, -1);
        Expect.equal("register %Xh".formatted(offset), host.read32(offset), 0);
    }

    // ---- what can be changed -------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3",
            otherwise = "A driver that writes a read-only register changes what it is told.",
            values = {
                Registers.CAP,
                Registers.CAP + 4,
                Registers.VS,
                Registers.CMBLOC,
                Registers.CMBSZ,
                Registers.CRTO
            })
    void readOnlyRegister_keepsItsValue(Host host, long offset) {
        host.enableFunction();
        int before = host.read32(offset);
        host.write32(offset, ~before);
        Expect.equal("register %Xh".formatted(offset), host.read32(offset), before);
    }

    @Clause(
            value = "Base §3.1.3.6",
            otherwise = "A driver can make itself believe that the controller is ready or dead.")
    void csts_keepsItsReadOnlyBits(Host host) {
        host.enableFunction();
        int nssro = 1 << 4; // the one bit that a write may clear
        host.write32(Registers.CSTS, ~nssro);
        Expect.equal("CSTS while disabled", host.csts(), 0);
        host.start();
        host.write32(Registers.CSTS, ~nssro);
        Expect.equal("CSTS while ready", host.csts(), 1);
        host.write32(Registers.CSTS, 0);
        Expect.equal("CSTS while ready", host.csts(), 1);
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver reads back features of CC that the controller does not have.",
            values = {
                1 << 1, 1 << 2, 1 << 3, 1 << 24, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29,
                1 << 30, 1L << 31
            })
    void ccReservedBit_readsZero(Host host, long bit) {
        host.enableFunction();
        NotApplicable.unless(
                bit != 1 << 24
                        || !ControllerCapabilities.readyIndependentOfMediaSupported(host.cap()),
                "CC.CRIME can be written");
        host.write32(Registers.CC, (int) bit);
        Expect.equal("CC", host.cc(), 0);
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that sets CC in two writes loses the first.",
            values = {0x0000_0080, 0x0000_0800, 0x0006_0000, 0x0040_0000, 0x0046_0000})
    void ccField_readsBackWhileDisabled(Host host, long value) {
        host.enableFunction();
        host.write32(Registers.CC, (int) value);
        Expect.equal("CC", host.cc(), value);
        Expect.equal("CSTS", host.csts(), 0);
    }

    @Clause(
            value = "Base §3.1.3.8",
            otherwise = "A driver reads back admin queues larger than there can be.")
    void aqa_keepsItsReservedBitsZero(Host host) {
        host.enableFunction();
        host.write32(Registers.AQA, -1);
        Expect.equal("AQA", host.read32(Registers.AQA), 0x0FFF_0FFF);
    }

    @Clause(
            value = "Base §3.1.3.9",
            otherwise = "A driver reads back a queue address that is not aligned to a page.",
            values = {Registers.ASQ, Registers.ACQ})
    void adminQueueBase_keepsItsReservedBitsZero(Host host, long register) {
        host.enableFunction();
        host.write64(register, -1L);
        Expect.equal("register %Xh".formatted(register), host.read64(register), -1L << 12);
    }

    @Clause(
            value = "Base §3.1.3.5",
            level = Level.SHOULD,
            otherwise = "A stray write to AQA, ASQ or ACQ takes the admin queues away.",
            values = {Registers.AQA, Registers.ASQ, Registers.ASQ + 4, Registers.ACQ})
    void adminQueueRegister_writtenWhileEnabled_changesNothing(Host host, long register) {
        host.start();
        int before = host.read32(register);
        host.write32(register, 0x0001_0001 ^ before);
        Expect.equal("register %Xh".formatted(register), host.read32(register), before);
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.1.3",
            otherwise = "A driver finds a controller that was used before it was powered on.",
            values = {
                Registers.INTMS,
                Registers.INTMC,
                Registers.CC,
                Registers.CSTS,
                Registers.NSSR,
                Registers.AQA
            })
    void registerAfterPowerOn_hasItsResetValue(Host host, long offset) {
        host.enableFunction();
        Expect.equal("register %Xh".formatted(offset), host.read32(offset), 0);
    }

    // ---- INTMS, INTMC --------------------------------------------------------------------------

    @Clause(value = "Base §3.1.3.3", otherwise = "A driver that masks one vector unmasks another.")
    void intms_addsToTheMask(Host host) {
        host.enableFunction();
        host.write32(Registers.INTMS, 0x0000_0005);
        host.write32(Registers.INTMS, 0x8000_0000);
        host.write32(Registers.INTMS, 0);
        Expect.equal("INTMS", host.read32(Registers.INTMS), 0x8000_0005);
        Expect.equal("INTMC", host.read32(Registers.INTMC), 0x8000_0005);
    }

    @Clause(
            value = "Base §3.1.3.4",
            otherwise = "A driver that unmasks one vector unmasks all, or none.")
    void intmc_takesFromTheMask(Host host) {
        host.enableFunction();
        host.write32(Registers.INTMS, -1);
        host.write32(Registers.INTMC, 0x0000_FFFE);
        host.write32(Registers.INTMC, 0);
        Expect.equal("INTMC", host.read32(Registers.INTMC), 0xFFFF_0001);
        Expect.equal("INTMS", host.read32(Registers.INTMS), 0xFFFF_0001);
    }

    // ---- sizes of the admin queues -------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3.8",
            otherwise = "A driver with few or many admin commands cannot use the controller.",
            values = {
                AdminQueueAttributes.ENTRIES_MIN,
                3,
                31,
                4095,
                AdminQueueAttributes.ENTRIES_MAX
            })
    void adminQueues_ofEachSize_wrapAround(Host host, long entries) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin((int) entries, (int) entries);
        host.enable(Host.CC_ENABLE);
        long commands = Math.min(entries, 64) * 2 + 1;
        for (int i = 0; i < commands; i++) {
            host.adminOk(Commands.getFeature(7));
        }
    }

    @Clause(
            value = "Base §3.1.3.8",
            otherwise = "A driver whose admin queues differ in size loses commands.",
            values = {0x0001_0FFF, 0x0FFF_0001, 0x0004_0002})
    void adminQueues_ofDifferentSizes_work(Host host, long attributes) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(
                AdminQueueAttributes.submissionQueueEntries((int) attributes),
                AdminQueueAttributes.completionQueueEntries((int) attributes));
        host.enable(Host.CC_ENABLE);
        for (int i = 0; i < 20; i++) {
            host.adminOk(Commands.getFeature(7));
        }
    }
}
