package io.doorbell.testkit.conformance.chapters;

import static io.doorbell.testkit.conformance.chapters.ResetMeans.CONTROLLER;
import static io.doorbell.testkit.conformance.chapters.ResetMeans.CONVENTIONAL;
import static io.doorbell.testkit.conformance.chapters.ResetMeans.FUNCTION;
import static io.doorbell.testkit.conformance.chapters.ResetMeans.SUBSYSTEM;

import io.doorbell.spec.Registers;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.PowerManagementCapability;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

/** Interrupts by pin, INTMS and INTMC (PCIe §3.5.1, Base §3.1.3.3, §3.1.3.4). */
@Chapter("Interrupts and coalescing")
final class PinTests {
    private static final int ENTRIES = 64;
    private static final long MILLI_NANOS = 1_000_000L;
    private static final int ENABLED =
            ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER;

    // ---- assert and deassert -------------------------------------------------------------------

    @Clause(value = "PCIe §3.5.1", otherwise = "A driver without MSI-X is never interrupted.")
    void completion_assertsThePinUntilItIsConsumed(Host host) {
        start(host);
        host.expectPinStays(false, MILLI_NANOS);
        HostQueue admin = host.adminQueue();
        admin.submit(Commands.getFeature(7));
        host.expectPin(true);
        Expect.that("the entry is there when the pin is asserted", admin.hasCompletion());
        host.expectPinStays(true, MILLI_NANOS);
        admin.expectCompletion();
        admin.ringHead();
        host.expectPin(false);
        host.expectPinStays(false, MILLI_NANOS);
    }

    @Clause(
            value = "PCIe §3.5.1",
            otherwise = "A driver that consumes some entries never hears of the others.",
            values = {1, 2, 9})
    void someEntriesConsumed_keepsThePinAsserted(Host host, long consumed) {
        HostQueue queue = createPair(start(host), ENTRIES);
        submit(queue, 10);
        host.expectPin(true);
        for (int i = 0; i < consumed; i++) {
            queue.expectCompletion();
        }
        queue.ringHead();
        host.expectPinStays(true, MILLI_NANOS);
        for (long i = consumed; i < 10; i++) {
            queue.expectCompletion();
        }
        queue.ringHead();
        host.expectPin(false);
    }

    @Clause(
            value = "PCIe §3.5.1",
            otherwise = "A driver with two queues misses the completions of one (IR-04).",
            values = {1, 2})
    void oneQueueConsumed_keepsThePinAssertedForTheOther(Host host, long first) {
        start(host);
        HostQueue[] queues = {host.createPair(1, ENTRIES), host.createPair(2, ENTRIES)};
        settle(host);
        for (HostQueue queue : queues) {
            queue.submit(Commands.flush(1));
        }
        for (HostQueue queue : queues) {
            host.expect("a completion", queue::hasCompletion);
        }
        host.expectPin(true);
        consume(queues[(int) first - 1]);
        host.expectPinStays(true, MILLI_NANOS);
        consume(queues[2 - (int) first]);
        host.expectPin(false);
    }

    @Clause(
            value = "PCIe §3.5.1",
            otherwise = "A host counts interrupts that no driver claims and disables the line.",
            values = {2, 10, 63})
    void burst_assertsThePinOnce(Host host, long commands) {
        HostQueue queue = createPair(start(host), ENTRIES);
        long before = host.function().pinAssertions();
        submit(queue, commands);
        for (int i = 0; i < commands; i++) {
            queue.expectCompletion();
        }
        host.elapse(MILLI_NANOS);
        queue.ringHead();
        host.expectPin(false);
        Expect.equal("assertions", host.function().pinAssertions() - before, 1);
    }

    @Clause(
            value = "PCIe §3.5.1",
            otherwise = "A driver's queue is signalled until its pointers wrap, and not after.",
            values = {2, 3, 64})
    void eachCommand_assertsAndDeassertsAlsoWhenQueuesWrap(Host host, long entries) {
        HostQueue queue = createPair(start(host), (int) entries);
        for (int i = 0; i < 2 * entries + 1; i++) {
            queue.submit(Commands.flush(1));
            host.expectPin(true);
            consume(queue);
            host.expectPin(false);
        }
    }

    @Clause(
            value = "PCIe §3.5.1",
            level = Level.SHOULD,
            otherwise = "A host is interrupted when there is nothing to do (IR-03).")
    void nothingPosted_neverAssertsThePin(Host host) {
        HostQueue queue = createPair(start(host), ENTRIES);
        long before = host.function().pinAssertions();
        queue.ringHead();
        queue.ring();
        host.csts();
        host.elapse(MILLI_NANOS);
        Expect.equal("assertions", host.function().pinAssertions() - before, 0);
    }

    @Clause(
            value = "Base §5.4",
            otherwise = "A host is interrupted for a queue that its driver polls (IR-15).")
    void queueWithInterruptsDisabled_neverAssertsThePin(Host host) {
        start(host);
        HostQueue queue = host.describe(1, 1, ENTRIES, ENTRIES);
        host.adminOk(
                Commands.createCompletionQueue(1, ENTRIES, queue.completionBase(), 0).cdw(11, 1));
        host.adminOk(Commands.createSubmissionQueue(1, ENTRIES, queue.submissionBase(), 1));
        settle(host);
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        host.expectPinStays(false, MILLI_NANOS);
    }

    @Clause(
            value = "Base §5.6",
            otherwise = "A queue that is gone keeps the pin asserted for ever.")
    void queueDeletedWithUnreadEntries_deassertsThePin(Host host) {
        HostQueue queue = createPair(start(host), ENTRIES);
        submit(queue, 3);
        host.expectPin(true);
        host.deletePair(queue);
        settle(host);
        HostQueue again = createPair(host, ENTRIES);
        again.submit(Commands.flush(1));
        host.expectPin(true);
        consume(again);
        host.expectPin(false);
    }

    // ---- INTMS, INTMC --------------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3.3",
            otherwise =
                    "A driver that masks its interrupt while it handles it is interrupted again.")
    void maskSet_deassertsThePinAndClearingAssertsIt(Host host) {
        start(host);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        host.write32(Registers.INTMS, 1);
        host.expectPin(false);
        host.expectPinStays(false, MILLI_NANOS);
        host.write32(Registers.INTMC, 1);
        host.expectPin(true);
    }

    @Clause(
            value = "Base §3.1.3.3",
            otherwise = "A driver that masks before it submits is interrupted all the same.")
    void maskSetBefore_holdsThePinUntilItIsCleared(Host host) {
        start(host);
        host.write32(Registers.INTMS, 1);
        host.adminQueue().submit(Commands.getFeature(7));
        host.adminQueue().expectCompletion();
        host.expectPinStays(false, MILLI_NANOS);
        host.write32(Registers.INTMC, 1);
        host.expectPin(true);
    }

    @Clause(
            value = "PCIe §3.5.1",
            otherwise = "A driver is interrupted for entries that it consumed while masked.")
    void consumedWhileMasked_assertsNothingOnUnmask(Host host) {
        start(host);
        host.write32(Registers.INTMS, 1);
        host.adminOk(Commands.getFeature(7));
        host.elapse(MILLI_NANOS);
        long before = host.function().pinAssertions();
        host.write32(Registers.INTMC, 1);
        host.expectPinStays(false, MILLI_NANOS);
        Expect.equal("assertions", host.function().pinAssertions() - before, 0);
    }

    @Clause(
            value = "Base §3.1.3.3",
            otherwise = "A mask of vectors that a pin does not have silences it.",
            values = {1 << 1, 1 << 16, 0xFFFF_FFFEL})
    void maskOfOtherVectors_leavesThePin(Host host, long mask) {
        start(host);
        host.write32(Registers.INTMS, (int) mask);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        host.write32(Registers.INTMC, (int) mask);
        host.expectPinStays(true, MILLI_NANOS);
    }

    @Clause(
            value = "Base §3.1.3.4",
            otherwise = "A driver that unmasks another vector is interrupted on this one.")
    void clearingOtherBits_keepsThePinMasked(Host host) {
        start(host);
        host.write32(Registers.INTMS, -1);
        host.adminQueue().submit(Commands.getFeature(7));
        host.adminQueue().expectCompletion();
        host.write32(Registers.INTMC, 0xFFFF_FFFE);
        host.expectPinStays(false, MILLI_NANOS);
    }

    @Clause(
            value = "Base §3.1.3.3",
            level = Level.MAY,
            otherwise = "A stray write under MSI-X silences the pin of the next driver.")
    void maskWrittenWithMsixEnabled_doesNotMaskThePinLater(Host host) {
        withPin(host).start();
        host.write32(Registers.INTMS, -1);
        host.setMsix(false, false);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
    }

    // ---- command and status register -----------------------------------------------------------

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host that forbids the pin is interrupted by it, or never again.")
    void interruptDisable_deassertsThePinAndClearingAssertsIt(Host host) {
        start(host);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        command(host, ENABLED | ConfigurationHeader.COMMAND_INTERRUPT_DISABLE);
        host.expectPin(false);
        Expect.that("the interrupt status is 1", isInterruptStatusSet(host));
        command(host, ENABLED);
        host.expectPin(true);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host that shares the line cannot see who has asserted it.")
    void interruptStatus_saysWhetherAnInterruptIsDue(Host host) {
        start(host);
        Expect.that("the interrupt status is 0 at first", !isInterruptStatusSet(host));
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        Expect.that("the interrupt status is 1", isInterruptStatusSet(host));
        consume(host.adminQueue());
        host.expectPin(false);
        Expect.that("the interrupt status is 0 again", !isInterruptStatusSet(host));
    }

    @Clause(value = "PCIe §3.8", otherwise = "A host routes no line to the function.")
    void interruptPin_isInta(Host host) {
        Expect.equal(
                "Interrupt Pin", host.config(ConfigurationHeader.INTERRUPT_PIN_OFFSET_BYTES, 1), 1);
    }

    @Clause(value = "PCIe §3.8", otherwise = "A function that sleeps interrupts the host.")
    void d3hot_deassertsThePinUntilD0(Host host) {
        start(host);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        int power =
                host.findCapability(CapabilityHeader.ID_POWER_MANAGEMENT)
                        + PowerManagementCapability.CONTROL_STATUS_OFFSET_BYTES;
        host.config(power, 2, PowerManagementCapability.POWER_STATE_D3_HOT);
        host.expectPin(false);
        host.config(power, 2, PowerManagementCapability.POWER_STATE_D0);
        host.expectPin(true);
    }

    // ---- MSI-X on and off ----------------------------------------------------------------------

    @Clause(value = "PCIe §3.5.2", otherwise = "A driver that uses MSI-X is interrupted twice.")
    void msixEnabled_neverAssertsThePin(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        submit(queue, 5);
        queue.expectCompletion();
        host.elapse(MILLI_NANOS);
        Expect.equal("assertions", host.function().pinAssertions(), 0);
        Expect.that("the interrupt status is 0", !isInterruptStatusSet(host));
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A pin that was asserted stays so under MSI-X for ever.")
    void msixEnabledWhileAsserted_deassertsThePinAndSendsAMessage(Host host) {
        start(host);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        host.enableMsix();
        host.expectPin(false);
        host.vector(0).expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.5.1",
            otherwise = "A driver that falls back to the pin misses what is unread.",
            values = {0, 1})
    void msixDisabledWithUnreadEntries_assertsThePin(Host host, long queueId) {
        HostQueue io = withPin(host).start().createPair(1, ENTRIES);
        HostQueue queue = queueId == 0 ? host.adminQueue() : io;
        queue.submit(queueId == 0 ? Commands.getFeature(7) : Commands.flush(1));
        queue.expectCompletion();
        host.setMsix(false, false);
        host.expectPin(true);
        queue.ringHead();
        host.expectPin(false);
    }

    @Clause(
            value = "PCIe §3.5",
            otherwise = "A driver that changes its kind of interrupts loses some.",
            values = {2, 9})
    void manyChanges_loseNothing(Host host, long changes) {
        HostQueue queue = withPin(host).start().createPair(1, ENTRIES);
        for (int i = 0; i < changes; i++) {
            host.setMsix(false, false);
            queue.submit(Commands.flush(1));
            host.expectPin(true);
            consume(queue);
            host.expectPin(false);
            host.setMsix(true, false);
            host.vector(1).forget();
            queue.submit(Commands.flush(1));
            host.vector(1).expectInterrupt();
            consume(queue);
        }
    }

    // ---- shadow doorbells ----------------------------------------------------------------------

    @Clause(
            value = "Base §5.8",
            otherwise = "A pin stays asserted because the head was published and not rung.",
            values = {ShadowHost.ANNEX, ShadowHost.SIXTEEN_BITS, ShadowHost.SIXTEEN_BITS_INCLUSIVE})
    void headInTheShadowBuffer_deassertsThePin(Host host, long formula) {
        HostQueue queue = createPair(start(host), 8);
        ShadowHost shadow = new ShadowHost(host, formula).configure(0);
        settle(host);
        for (int i = 0; i < 20; i++) {
            queue.put(Commands.flush(1));
            shadow.publishTail(queue);
            host.expectPin(true);
            queue.expectCompletion();
            shadow.publishHead(queue);
            host.expectPin(false);
        }
    }

    // ---- resets --------------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.5.1",
            otherwise = "A driver that has reset its controller is interrupted for its past.",
            values = {CONTROLLER, FUNCTION, CONVENTIONAL, SUBSYSTEM})
    void reset_deassertsThePin(Host host, long means) {
        start(host);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        ResetMeans.reset(host, means);
        host.expectPin(false);
        start(host);
        host.expectPinStays(false, MILLI_NANOS);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A function whose queues it may not write keeps its line asserted.")
    void busMasteringOff_thenReset_deassertsThePin(Host host) {
        start(host);
        host.adminQueue().submit(Commands.getFeature(7));
        host.expectPin(true);
        command(host, ConfigurationHeader.COMMAND_MEMORY_SPACE);
        ResetMeans.reset(host, CONTROLLER);
        host.expectPin(false);
    }

    // ---- helpers -------------------------------------------------------------------------------

    private static Host start(Host host) {
        return withPin(host).startWithPin();
    }

    private static Host withPin(Host host) {
        NotApplicable.unless(
                host.config(ConfigurationHeader.INTERRUPT_PIN_OFFSET_BYTES, 1) != 0,
                "the function has no interrupt pin");
        return host;
    }

    private static HostQueue createPair(Host host, int entries) {
        HostQueue queue = host.createPair(1, entries);
        settle(host);
        return queue;
    }

    /** The pin has been asserted and deasserted for what came before. */
    private static void settle(Host host) {
        host.elapse(MILLI_NANOS);
        host.expectPin(false);
    }

    private static void submit(HostQueue queue, long commands) {
        for (int i = 0; i < commands; i++) {
            queue.put(Commands.flush(1));
        }
        queue.ring();
    }

    private static void consume(HostQueue queue) {
        queue.expectCompletion();
        queue.ringHead();
    }

    private static void command(Host host, int bits) {
        host.config(ConfigurationHeader.COMMAND_OFFSET_BYTES, 2, bits);
    }

    private static boolean isInterruptStatusSet(Host host) {
        return (host.config(ConfigurationHeader.STATUS_OFFSET_BYTES, 2)
                        & ConfigurationHeader.STATUS_INTERRUPT)
                != 0;
    }
}
