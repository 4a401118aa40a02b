package io.doorbell.testkit.conformance.chapters;

import static io.doorbell.testkit.conformance.chapters.ResetMeans.CONTROLLER;
import static io.doorbell.testkit.conformance.chapters.ResetMeans.CONVENTIONAL;
import static io.doorbell.testkit.conformance.chapters.ResetMeans.FUNCTION;
import static io.doorbell.testkit.conformance.chapters.ResetMeans.SUBSYSTEM;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubsystemReset;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.PciExpressCapability;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;
import io.doorbell.testkit.host.Vector;

import java.util.Arrays;

/** What each reset clears and keeps (Base §3.7, PCIe §3.3). Values are {@link ResetMeans}. */
@Chapter("Resets")
final class ResetTests {
    private static final int QUEUE_ENTRIES = 64;
    private static final int BLOCK_BYTES = 512;
    private static final long SECOND_NANOS = 1_000_000_000L;

    // ---- what every reset does -----------------------------------------------------------------

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver starts from a configuration that it did not write.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_clearsCcAndCsts(Host host, long means) {
        host.start();
        ResetMeans.reset(host, means);
        Expect.equal("CC", host.cc(), 0);
        Expect.that("CSTS.RDY is 0", !host.isReady());
        Expect.that("CSTS.CFS is 0", !host.isFatal());
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver cannot use the controller after a reset.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_leavesAControllerThatWorks(Host host, long means) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
        ResetMeans.reset(host, means);
        HostQueue again = host.start().createPair(1, QUEUE_ENTRIES);
        Completion first = again.run(Commands.flush(1));
        Expect.success(first);
        Expect.equal("SQHD of the first command", first.submissionHead(), 1);
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver finds queues of its previous life.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_deletesIoQueues(Host host, long means) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        ResetMeans.reset(host, means);
        host.start();
        Memory.Watch watch = host.memory().watch(queue.completionBase(), QUEUE_ENTRIES * 16);
        queue.submit(Commands.flush(1));
        host.elapse(SECOND_NANOS);
        watch.expectUnchanged();
        Expect.that(
                "Delete I/O Submission Queue finds no queue",
                host.admin(Commands.deleteSubmissionQueue(1)).status() != 0);
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that frees its memory after a reset finds it written to.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_withCommandsInFlight_postsNothingAfterwards(Host host, long means) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        long data = host.memory().pages(1);
        for (int i = 0; i < QUEUE_ENTRIES - 1; i++) {
            queue.put(Commands.read(1, i, 1, data));
        }
        host.requestEvent();
        queue.ring();
        long admin = host.adminQueue().completionBase();
        ResetMeans.reset(host, means);
        host.memory().fill(data, Memory.PAGE_BYTES, 0x5A);
        Memory.Watch watchData = host.memory().watch(data, Memory.PAGE_BYTES);
        Memory.Watch watchQueue = host.memory().watch(queue.completionBase(), QUEUE_ENTRIES * 16);
        Memory.Watch watchAdmin = host.memory().watch(admin, Memory.PAGE_BYTES);
        host.elapse(SECOND_NANOS);
        watchData.expectUnchanged();
        watchQueue.expectUnchanged();
        watchAdmin.expectUnchanged();
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A driver gets the completion of an event request that it has forgotten.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_abortsEventRequestsWithoutCompletion(Host host, long means) {
        host.start();
        host.requestEvent();
        host.adminOk(Commands.getFeature(7));
        Memory.Watch watch =
                host.memory().watch(host.adminQueue().completionBase(), Memory.PAGE_BYTES);
        ResetMeans.reset(host, means);
        watch.expectUnchanged();
        host.start();
        host.ringSubmission(9, 1); // an invalid doorbell, which the old request must not report
        host.adminQueue().expectNoCompletion(SECOND_NANOS);
    }

    @Clause(
            value = "Base §4.2",
            otherwise = "A driver's queues are signalled as a previous driver wished.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_setsFeaturesToTheirDefaults(Host host, long means) {
        host.start();
        host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_COALESCING, 0x0A07));
        host.adminOk(Commands.setFeature(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, 3));
        ResetMeans.reset(host, means);
        host.start();
        Expect.equal(
                "Interrupt Coalescing",
                host.adminOk(Commands.getFeature(FeatureId.INTERRUPT_COALESCING)).dw0(),
                0);
        Expect.equal(
                "Asynchronous Event Configuration",
                host.adminOk(Commands.getFeature(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION)).dw0()
                        & 3,
                0);
    }

    @Clause(
            value = "Base §5.27.1.5",
            otherwise = "A driver gets the number of queues that a previous driver asked for.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_makesTheNumberOfQueuesNegotiableAgain(Host host, long means) {
        host.start();
        host.adminOk(Commands.setFeature(FeatureId.NUMBER_OF_QUEUES, 0));
        host.createPair(1, QUEUE_ENTRIES);
        ResetMeans.reset(host, means);
        host.start();
        host.adminOk(Commands.setFeature(FeatureId.NUMBER_OF_QUEUES, 0x0003_0003));
        HostQueue queue = host.createPair(3, QUEUE_ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §3.1.3.3",
            otherwise = "A driver of pin interrupts is never interrupted after a reset.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_clearsTheInterruptMask(Host host, long means) {
        host.startWithPin();
        host.write32(Registers.INTMS, -1);
        Expect.equal("INTMS before", host.read32(Registers.INTMS), -1);
        ResetMeans.reset(host, means);
        Expect.equal("INTMS", host.read32(Registers.INTMS), 0);
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A machine that has reset its controller has lost data.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_keepsDataWhoseWriteWasCompleted(Host host, long means) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        long page = host.memory().pages(1);
        byte[] written = host.memory().fillRandom(page, BLOCK_BYTES, means + 1);
        Expect.success(queue.run(Commands.write(1, 21, 1, page)));
        ResetMeans.reset(host, means);
        HostQueue again = host.start().createPair(1, QUEUE_ENTRIES);
        long target = host.memory().pages(1);
        Expect.success(again.run(Commands.read(1, 21, 1, target)));
        Expect.that(
                "the block reads as written",
                Arrays.equals(host.memory().bytes(target, BLOCK_BYTES), written));
    }

    @Clause(
            value = "Base §9.5",
            otherwise = "A driver cannot bring a controller back that reported a fatal error.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_clearsCfs(Host host, long means) {
        host.enableFunction();
        host.configureAdmin(32, 32);
        host.write32(Registers.AQA, 0);
        host.write32(Registers.CC, Host.CC_ENABLE);
        NotApplicable.unless(host.await(host::isFatal), "AQA = 0 is not fatal here");
        ResetMeans.reset(host, means);
        Expect.that("CSTS.CFS is 0", !host.isFatal());
        host.start().adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that resets while the controller gets ready is stuck.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_whileEnabling_leavesAControllerThatWorks(Host host, long means) {
        host.enableFunction();
        host.configureAdmin(32, 32);
        host.write32(Registers.CC, Host.CC_ENABLE);
        ResetMeans.reset(host, means);
        host.start().adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that is unloaded twice leaves a controller that is stuck.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_whileDisabled_leavesAControllerThatWorks(Host host, long means) {
        host.enableFunction();
        ResetMeans.reset(host, means);
        ResetMeans.reset(host, means);
        host.start().adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that gives up on a shutdown cannot start again.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_afterAShutdown_leavesAControllerThatWorks(Host host, long means) {
        host.start();
        host.write32(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(
                        Host.CC_ENABLE, ControllerConfiguration.SHUTDOWN_NORMAL));
        host.expect(
                "CSTS.SHST is 10b",
                () ->
                        ControllerStatus.shutdownStatus(host.csts())
                                == ControllerStatus.SHUTDOWN_COMPLETE);
        host.write32(Registers.CC, Host.CC_ENABLE); // SHN = 0: a reset alone, not a shutdown too
        ResetMeans.reset(host, means);
        Expect.equal("CSTS.SHST", ControllerStatus.shutdownStatus(host.csts()), 0);
        host.start().adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver meets another controller after a reset.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_keepsCapAndVs(Host host, long means) {
        host.start();
        long cap = host.cap();
        int version = host.read32(Registers.VS);
        ResetMeans.reset(host, means);
        Expect.equal("CAP", host.cap(), cap);
        Expect.equal("VS", host.read32(Registers.VS), version);
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver under which a controller resets again and again ends up stuck.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void manyResets_eachLeavesAControllerThatWorks(Host host, long means) {
        for (int i = 0; i < 10; i++) {
            HostQueue queue = host.start().createPair(1 + i % 3, QUEUE_ENTRIES);
            queue.submit(Commands.flush(1));
            host.elapse(i * 1_000L);
            ResetMeans.reset(host, means);
        }
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
    }

    // ---- what some resets keep -----------------------------------------------------------------

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that re-enables finds its admin queues gone.",
            values = {Registers.AQA, Registers.ASQ, Registers.ASQ + 4, Registers.ACQ})
    void controllerReset_keepsTheAdminQueueRegisters(Host host, long register) {
        host.start();
        int before = host.read32(register);
        ResetMeans.reset(host, CONTROLLER);
        Expect.equal("register %Xh".formatted(register), host.read32(register), before);
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that re-enables without programming the queues again is stuck.")
    void controllerReset_thenEnable_usesTheSameAdminQueues(Host host) {
        host.start();
        HostQueue admin = host.adminQueue();
        host.adminOk(Commands.getFeature(7));
        ResetMeans.reset(host, CONTROLLER);
        host.memory().fill(admin.completionBase(), admin.completionEntries() * 16, 0);
        host.enable(Host.CC_ENABLE);
        admin.putAt(0, Commands.getFeature(7), 77);
        admin.ring(1);
        host.expect(
                "the first slot of the admin CQ is filled",
                () -> admin.entry(0).phase() && admin.entry(0).commandId() == 77);
    }

    @Clause(
            value = "Base §3.1.3.8",
            otherwise = "A driver takes the admin queues of a previous life for its own.",
            values = {FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void strongerReset_clearsAqa(Host host, long means) {
        host.start();
        ResetMeans.reset(host, means);
        Expect.equal("AQA", host.read32(Registers.AQA), 0);
    }

    @Clause(
            value = "PCIe §3.3",
            otherwise = "A driver that only resets the controller loses its interrupts.")
    void controllerReset_keepsMsix(Host host) {
        host.start();
        Vector vector = host.vector(0);
        ResetMeans.reset(host, CONTROLLER);
        host.configureAdmin(32, 32);
        host.enable(Host.CC_ENABLE);
        vector.forget();
        host.adminOk(Commands.getFeature(7));
        vector.expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.3",
            otherwise = "An interrupt arrives at an address that a previous driver programmed.",
            values = {FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void strongerReset_disablesMsixAndMasksEveryVector(Host host, long means) {
        host.start();
        ResetMeans.reset(host, means);
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        Expect.equal(
                "MSI-X Enable and Function Mask",
                host.config(msix + MsixCapability.CONTROL_OFFSET_BYTES, 2)
                        & MsixCapability.CONTROL_WRITABLE_MASK,
                0);
        int table = host.config(msix + MsixCapability.TABLE_OFFSET_BYTES, 4);
        for (int i = 0; i < host.vectorCount(); i++) {
            long control = MsixCapability.offsetInBar(table) + 16L * i + 12;
            Expect.equal(
                    "mask bit of vector " + i,
                    host.function().readBar(MsixCapability.bar(table), control, 4) & 1,
                    1);
        }
    }

    @Clause(
            value = "PCIe §3.3",
            otherwise = "A function that was reset still answers where it was mapped.",
            values = {FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void strongerReset_clearsTheCommandRegister(Host host, long means) {
        host.start();
        int command = ConfigurationHeader.COMMAND_OFFSET_BYTES;
        switch ((int) means) {
            case FUNCTION -> ResetMeans.functionLevelReset(host);
            case CONVENTIONAL -> host.function().reset();
            default -> {
                NotApplicable.unless(
                        ControllerCapabilities.subsystemResetSupported(host.cap()),
                        "CAP.NSSRS is 0");
                host.write32(Registers.NSSR, SubsystemReset.RESET);
                host.elapse(SECOND_NANOS);
            }
        }
        Expect.equal("the command register", host.config(command, 2), 0);
        Expect.equal("a load from BAR0", host.read32(Registers.VS), 0xFFFF_FFFF);
    }

    @Clause(
            value = "PCIe §3.3",
            otherwise = "A driver that only resets the controller loses its registers.")
    void controllerReset_keepsConfigurationSpace(Host host) {
        host.start();
        byte[] before = configurationSpace(host);
        ResetMeans.reset(host, CONTROLLER);
        int at = Arrays.mismatch(configurationSpace(host), before);
        Expect.equal("first byte of configuration space that differs", at, -1);
    }

    private static byte[] configurationSpace(Host host) {
        byte[] space = new byte[ConfigurationHeader.SPACE_SIZE_BYTES];
        for (int i = 0; i < space.length; i++) {
            space[i] = (byte) host.config(i, 1);
        }
        return space;
    }

    // ---- function level reset ------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A driver that reads the register back starts a second reset.")
    void functionLevelReset_bitReadsZero(Host host) {
        host.start();
        ResetMeans.functionLevelReset(host);
        int express = host.findCapability(CapabilityHeader.ID_PCI_EXPRESS);
        Expect.equal(
                "Initiate Function Level Reset",
                host.config(express + PciExpressCapability.DEVICE_CONTROL_OFFSET_BYTES, 2)
                        & PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET,
                0);
    }

    // ---- NSSR ----------------------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3.6",
            otherwise = "A driver thinks that its controller was reset behind its back.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL})
    void nssro_isNotSetByOtherResets(Host host, long means) {
        host.start();
        ResetMeans.reset(host, means);
        Expect.equal("CSTS", host.csts(), 0);
    }

    @Clause(
            value = "Base §3.1.3.6",
            otherwise = "A driver does not notice that its controller was reset behind its back.")
    void nssro_isSetByASubsystemResetAndClearedByWritingOne(Host host) {
        host.start();
        ResetMeans.reset(host, SUBSYSTEM);
        Expect.that("CSTS.NSSRO is 1", ControllerStatus.subsystemResetOccurred(host.csts()));
        host.write32(Registers.CSTS, 0);
        Expect.that(
                "CSTS.NSSRO is 1 after 0 was written",
                ControllerStatus.subsystemResetOccurred(host.csts()));
        host.write32(Registers.CSTS, ControllerStatus.CLEAR_SUBSYSTEM_RESET_OCCURRED);
        Expect.equal("CSTS", host.csts(), 0);
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that resets its controller forgets that the subsystem was reset.")
    void nssro_isKeptByAControllerReset(Host host) {
        host.start();
        ResetMeans.reset(host, SUBSYSTEM);
        host.start();
        ResetMeans.reset(host, CONTROLLER);
        Expect.that("CSTS.NSSRO is 1", ControllerStatus.subsystemResetOccurred(host.csts()));
    }

    @Clause(
            value = "Base §3.1.3.7",
            otherwise = "A stray write resets the whole subsystem.",
            values = {0, 1, 0xFFFF_FFFFL, 0x4E56_4D64, 0x6556_4D4E, 0x4E56_0000})
    void nssr_otherValue_changesNothing(Host host, long value) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        host.write32(Registers.NSSR, (int) value);
        Expect.equal("CSTS", host.csts(), 1);
        Expect.equal("NSSR", host.read32(Registers.NSSR), 0);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §3.1.3.7",
            otherwise = "A driver resets the subsystem by a register that is not there.")
    void nssr_whereItIsNotOffered_isReserved(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withSubsystemReset(false));
        NotApplicable.unless(
                !ControllerCapabilities.subsystemResetSupported(host.cap()), "CAP.NSSRS is 1");
        host.write32(Registers.NSSR, SubsystemReset.RESET);
        Expect.equal("CSTS", host.csts(), 1);
        host.adminOk(Commands.getFeature(7));
    }

    // ---- bus mastering -------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A function that may not master the bus writes to memory.")
    void busMasteringOff_nothingIsWrittenNorSignalled(Host host) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
        Vector vector = host.vector(1);
        setCommand(host, ConfigurationHeader.COMMAND_MEMORY_SPACE);
        vector.forget();
        Memory.Watch watch = host.memory().watch(queue.completionBase(), QUEUE_ENTRIES * 16);
        queue.submit(Commands.flush(1));
        host.elapse(SECOND_NANOS);
        watch.expectUnchanged();
        vector.expectNoInterrupt(SECOND_NANOS);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A driver that was suspended cannot use the controller again.")
    void busMasteringOnAgain_andReset_worksAgain(Host host) {
        host.start().createPair(1, QUEUE_ENTRIES);
        setCommand(host, ConfigurationHeader.COMMAND_MEMORY_SPACE);
        ResetMeans.reset(host, CONTROLLER);
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §9.5",
            level = Level.SHOULD,
            otherwise = "A driver that enables without bus mastering waits for ready in vain.")
    void enableWithoutBusMastering_isFatalAndCanBeReset(Host host) {
        setCommand(host, ConfigurationHeader.COMMAND_MEMORY_SPACE);
        host.configureAdmin(32, 32);
        host.write32(Registers.CC, Host.CC_ENABLE);
        host.expect("CSTS.CFS is 1", host::isFatal);
        ResetMeans.reset(host, CONTROLLER);
        host.start().adminOk(Commands.getFeature(7));
    }

    private static void setCommand(Host host, int bits) {
        host.config(ConfigurationHeader.COMMAND_OFFSET_BYTES, 2, bits);
    }
}
