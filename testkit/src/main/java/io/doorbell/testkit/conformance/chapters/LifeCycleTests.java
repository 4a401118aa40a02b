package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

/** CC.EN and CSTS.RDY, and what cannot be enabled (Base §3.1.3.5, §3.5.1). */
@Chapter("Registers and life cycle")
final class LifeCycleTests {
    private static final int ADMIN_ENTRIES = 32;
    private static final int QUEUE_ENTRIES = 64;

    // ---- enable --------------------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "A driver gives up before the controller is ready.")
    void enable_isReadyWithinCapTo(Host host) {
        prepare(host);
        host.write32(Registers.CC, Host.CC_ENABLE);
        long limit = ControllerCapabilities.timeoutNanos(host.cap());
        Expect.that("CSTS.RDY is 1 within CAP.TO", host.function().runUntil(host::isReady, limit));
        Expect.equal("CSTS", host.csts(), 1);
        Expect.equal("CC", host.cc(), Host.CC_ENABLE);
    }

    @Clause(
            value = "Base §3.5.1",
            otherwise = "A driver that waits with a timer instead of a loop never starts.")
    void enable_isReadyWithoutBeingLookedAt(Host host) {
        prepare(host);
        host.write32(Registers.CC, Host.CC_ENABLE);
        host.elapse(ControllerCapabilities.timeoutNanos(host.cap()));
        int id = host.adminQueue().submit(Commands.getFeature(7));
        Expect.success(host.adminQueue().expectCompletion(id));
        Expect.equal("CSTS", host.csts(), 1);
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise =
                    "A driver that configures first and enables in a second write never starts.")
    void enable_inASecondWrite_becomesReady(Host host) {
        prepare(host);
        host.write32(Registers.CC, Host.CC_ENABLE & ~1);
        Expect.that("the controller stays disabled", !host.isReady());
        host.enable(Host.CC_ENABLE);
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that writes CC again while the controller runs resets it.")
    void ccWrittenAgainWithEnable_resetsNothing(Host host) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
        host.write32(Registers.CC, Host.CC_ENABLE);
        Expect.that("CSTS.RDY stays 1", host.isReady());
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver with larger pages cannot use the controller.",
            values = {0, 1, 2, 3, 4})
    void enable_withEachPageSizeOffered_runsCommands(Host host, long mps) {
        host.enableFunction();
        host.enableMsix();
        NotApplicable.unless(
                mps >= ControllerCapabilities.minimumPageSize(host.cap())
                        && mps <= ControllerCapabilities.maximumPageSize(host.cap()),
                "CAP.MPSMAX is below");
        host.configureAdmin(ADMIN_ENTRIES, ADMIN_ENTRIES, Memory.PAGE_BYTES << mps);
        host.enable(ControllerConfiguration.withMemoryPageSize(Host.CC_ENABLE, (int) mps));
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.3.3.2",
            otherwise = "A driver that has reset the controller waits for the wrong phase tag.")
    void enableAgain_startsWithPhaseOneAndHeadZero(Host host) {
        host.start();
        for (int i = 0; i < ADMIN_ENTRIES + 5; i++) {
            host.adminOk(Commands.getFeature(7));
        }
        host.restart();
        Completion first = host.adminOk(Commands.getFeature(7));
        Expect.that("the phase tag is 1", first.phase());
        Expect.equal("SQHD", first.submissionHead(), 1);
    }

    // ---- what cannot be enabled ----------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3.5",
            level = Level.SHOULD,
            otherwise = "A driver with a mistake in CC waits for CSTS.RDY until its timeout.",
            values = {
                0x0046_0781, // MPS 15: 128 MiB
                0x0046_0481, // MPS 9
                0x0046_0011, // CSS 1: reserved
                0x0046_0051, // CSS 5: reserved
                0x0046_0061, // CSS 6: all I/O command sets
                0x0046_0071, // CSS 7: admin only
                0x0046_1001, // AMS 2: reserved
                0x0046_3001, // AMS 6: reserved
                0x0046_3801 // AMS 7: vendor specific
            })
    void enable_withConfigurationThatIsNotOffered_isFatal(Host host, long configuration) {
        host.enableFunction();
        NotApplicable.unless(!isOffered(host.cap(), (int) configuration), "CAP offers this");
        host.configureAdmin(
                ADMIN_ENTRIES,
                ADMIN_ENTRIES,
                ControllerConfiguration.memoryPageSizeBytes((int) configuration));
        expectFatal(host, (int) configuration);
        expectRecovery(host);
    }

    private static boolean isOffered(long cap, int configuration) {
        int sets = ControllerCapabilities.commandSets(cap);
        boolean set =
                switch (ControllerConfiguration.commandSetSelected(configuration)) {
                    case ControllerConfiguration.COMMAND_SET_NVM -> (sets & 1) != 0;
                    case ControllerConfiguration.COMMAND_SET_ALL_SUPPORTED -> (sets & 0x40) != 0;
                    case ControllerConfiguration.COMMAND_SET_ADMIN_ONLY -> (sets & 0x80) != 0;
                    default -> false;
                };
        int mechanisms = ControllerCapabilities.arbitrationMechanisms(cap);
        boolean arbitration =
                switch (ControllerConfiguration.arbitrationMechanism(configuration)) {
                    case ControllerConfiguration.ARBITRATION_ROUND_ROBIN -> true;
                    case ControllerConfiguration.ARBITRATION_WEIGHTED_ROUND_ROBIN ->
                            (mechanisms & 1) != 0;
                    case ControllerConfiguration.ARBITRATION_VENDOR -> (mechanisms & 2) != 0;
                    default -> false;
                };
        int pageSize = ControllerConfiguration.memoryPageSize(configuration);
        return set
                && arbitration
                && pageSize >= ControllerCapabilities.minimumPageSize(cap)
                && pageSize <= ControllerCapabilities.maximumPageSize(cap);
    }

    @Clause(
            value = "Base §3.1.3.8",
            level = Level.SHOULD,
            otherwise = "A driver that forgets AQA gets admin queues of one slot that never move.",
            values = {0x0000_0000, 0x001F_0000, 0x0000_001F})
    void enable_withAdminQueueOfOneEntry_isFatal(Host host, long attributes) {
        prepare(host);
        host.write32(Registers.AQA, (int) attributes);
        expectFatal(host, Host.CC_ENABLE);
        expectRecovery(host);
    }

    @Clause(
            value = "Base §9.5",
            level = Level.SHOULD,
            otherwise = "A driver that programs an address where no memory is waits for RDY.",
            values = {Registers.ASQ, Registers.ACQ})
    void enable_withAdminQueueNowhere_isFatal(Host host, long register) {
        prepare(host);
        host.write64(register, host.memory().nowhere());
        expectFatal(host, Host.CC_ENABLE);
        expectRecovery(host);
    }

    @Clause(
            value = "Base §9.5",
            level = Level.SHOULD,
            otherwise = "A controller runs past the end of memory with its admin queue.",
            values = {Registers.ASQ, Registers.ACQ})
    void enable_withAdminQueueBeyondTheEndOfMemory_isFatal(Host host, long register) {
        prepare(host);
        host.write32(Registers.AQA, 0x0FFF_0FFF);
        host.write64(register, host.memory().end() - Memory.PAGE_BYTES);
        expectFatal(host, Host.CC_ENABLE);
        expectRecovery(host);
    }

    @Clause(
            value = "Base §3.1.3.9",
            level = Level.SHOULD,
            otherwise = "A driver with larger pages gets admin queues where it did not put them.",
            values = {Registers.ASQ, Registers.ACQ})
    void enable_withAdminQueueNotAlignedToThePageSize_isFatal(Host host, long register) {
        prepare(host);
        NotApplicable.unless(
                ControllerCapabilities.maximumPageSize(host.cap()) > 0, "CAP.MPSMAX is 0");
        int pageBytes = 2 * Memory.PAGE_BYTES;
        host.configureAdmin(ADMIN_ENTRIES, ADMIN_ENTRIES, pageBytes);
        host.write64(register, host.read64(register) + Memory.PAGE_BYTES);
        expectFatal(host, ControllerConfiguration.withMemoryPageSize(Host.CC_ENABLE, 1));
        expectRecovery(host);
    }

    @Clause(value = "Base §9.5", otherwise = "A controller that is fatal executes commands.")
    void fatalController_processesNoCommands(Host host) {
        prepare(host);
        host.write32(Registers.AQA, 0);
        expectFatal(host, Host.CC_ENABLE);
        HostQueue admin = host.adminQueue();
        Memory.Watch watch = host.memory().watch(admin.completionBase(), Memory.PAGE_BYTES);
        admin.submit(Commands.getFeature(7));
        host.elapse(1_000_000_000);
        watch.expectUnchanged();
        Expect.equal("CSTS", host.csts(), 2);
    }

    @Clause(
            value = "Base §9.5",
            otherwise = "A driver that only writes CC again thinks that the error is over.")
    void fatalController_staysFatalWhileEnabled(Host host) {
        prepare(host);
        host.write32(Registers.AQA, 0);
        expectFatal(host, Host.CC_ENABLE);
        host.write32(Registers.AQA, 0x001F_001F);
        host.write32(Registers.CC, Host.CC_ENABLE);
        Expect.equal("CSTS", host.csts(), 2);
    }

    // ---- entry sizes ---------------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that forgets the entry sizes gets queues of another layout.",
            values = {0x0040_0001, 0x0047_0001, 0x0045_0001})
    void createSubmissionQueue_withWrongEntrySize_isRefused(Host host, long configuration) {
        startWith(host, (int) configuration);
        HostQueue queue = host.describe(1, 1, QUEUE_ENTRIES, QUEUE_ENTRIES);
        host.adminOk(Commands.createCompletionQueue(1, QUEUE_ENTRIES, queue.completionBase(), 1));
        Expect.status(
                host.admin(
                        Commands.createSubmissionQueue(
                                1, QUEUE_ENTRIES, queue.submissionBase(), 1)),
                Status.INVALID_QUEUE_SIZE);
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that forgets the entry sizes gets queues of another layout.",
            values = {0x0006_0001, 0x0036_0001, 0x0056_0001})
    void createCompletionQueue_withWrongEntrySize_isRefused(Host host, long configuration) {
        startWith(host, (int) configuration);
        HostQueue queue = host.describe(1, 1, QUEUE_ENTRIES, QUEUE_ENTRIES);
        Expect.status(
                host.admin(
                        Commands.createCompletionQueue(
                                1, QUEUE_ENTRIES, queue.completionBase(), 1)),
                Status.INVALID_QUEUE_SIZE);
    }

    @Clause(
            value = "Base §3.5.1",
            otherwise = "A driver that sets the entry sizes after CSTS.RDY cannot create queues.")
    void entrySizesSetWhileReady_countForTheFirstQueue(Host host) {
        startWith(host, 0x0000_0001);
        host.write32(Registers.CC, Host.CC_ENABLE);
        HostQueue queue = host.createPair(1, QUEUE_ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
    }

    // ---- disable -------------------------------------------------------------------------------

    @Clause(value = "Base §3.1.3.1", otherwise = "A driver gives up before the controller is idle.")
    void disable_isNotReadyWithinCapTo(Host host) {
        host.start();
        host.write32(Registers.CC, 0);
        long limit = ControllerCapabilities.timeoutNanos(host.cap());
        Expect.that(
                "CSTS.RDY is 0 within CAP.TO",
                host.function().runUntil(() -> !host.isReady(), limit));
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that changes its mind while it waits for RDY is stuck.",
            values = {0, 1, 2, 3, 5, 8})
    void disable_afterSoManyLoadsOfCsts_canBeEnabledAgain(Host host, long loads) {
        prepare(host);
        host.write32(Registers.CC, Host.CC_ENABLE);
        for (int i = 0; i < loads; i++) {
            host.csts();
        }
        host.write32(Registers.CC, 0);
        host.expect("CSTS.RDY is 0", () -> !host.isReady());
        Expect.equal("CSTS", host.csts(), 0);
        host.start().adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.1.3.5",
            level = Level.MAY,
            otherwise = "A driver that enables without waiting for RDY = 0 is stuck.",
            values = {0, 1, 2, 4})
    void enable_soManyLoadsAfterDisable_becomesReady(Host host, long loads) {
        host.start().createPair(1, QUEUE_ENTRIES);
        host.write32(Registers.CC, Host.CC_ENABLE & ~1);
        for (int i = 0; i < loads; i++) {
            host.csts();
        }
        host.write32(Registers.CC, Host.CC_ENABLE);
        host.forgetQueues();
        host.elapse(1_000_000_000);
        host.expect("CSTS.RDY is 1", host::isReady);
        host.restart();
        host.adminOk(Commands.getFeature(7));
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A driver that frees its memory after a reset finds it written to.",
            values = {1, 16, 63})
    void disable_withCommandsInFlight_writesNothingAfterwards(Host host, long commands) {
        HostQueue queue = host.start().createPair(1, QUEUE_ENTRIES);
        long data = host.memory().pages(1);
        for (int i = 0; i < commands; i++) {
            queue.put(Commands.read(1, i, 1, data));
        }
        queue.ring();
        host.disable();
        Memory.Watch entries = host.memory().watch(queue.completionBase(), QUEUE_ENTRIES * 16);
        host.memory().fill(data, Memory.PAGE_BYTES, 0xA5);
        Memory.Watch content = host.memory().watch(data, Memory.PAGE_BYTES);
        host.elapse(1_000_000_000);
        entries.expectUnchanged();
        content.expectUnchanged();
    }

    // ---- helpers -------------------------------------------------------------------------------

    private static void prepare(Host host) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(ADMIN_ENTRIES, ADMIN_ENTRIES);
    }

    private static void startWith(Host host, int configuration) {
        prepare(host);
        host.enable(configuration);
    }

    private static void expectFatal(Host host, int configuration) {
        host.write32(Registers.CC, configuration);
        host.expect("CSTS.CFS is 1", host::isFatal);
        Expect.that("CSTS.RDY stays 0", !host.isReady());
    }

    /** What a driver does about CFS. */
    private static void expectRecovery(Host host) {
        host.write32(Registers.CC, 0);
        host.expect("CSTS.CFS is 0 after CC.EN was cleared", () -> !host.isFatal());
        host.forgetQueues();
        host.start().adminOk(Commands.getFeature(7));
    }
}
