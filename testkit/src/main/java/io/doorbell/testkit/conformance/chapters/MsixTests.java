package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Vector;

/** MSI-X: vectors, masks and pending bits (PCIe §3.5.2). */
@Chapter("Interrupts and coalescing")
final class MsixTests {
    private static final int ENTRIES = 64;
    private static final long MILLI_NANOS = 1_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    // ---- which vector --------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver waits for an interrupt that another vector got.",
            values = {0, 1, 2, 8, 15, 16})
    void completion_signalsTheVectorOfItsQueueAndNoOther(Host host, long vector) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES, ENTRIES, (int) vector);
        forgetAll(host);
        queue.submit(Commands.flush(1));
        host.vector((int) vector).expectInterrupt();
        Expect.that("the entry is there when the interrupt comes", queue.hasCompletion());
        for (int i = 0; i < host.vectorCount(); i++) {
            if (i != vector) {
                host.vector(i).expectNoInterrupt(MILLI_NANOS);
            }
        }
    }

    @Clause(
            value = "PCIe §3.5",
            otherwise = "A driver with a vector for each of many queues misses the last ones.",
            values = {63, 64, 1000, 2046, 2047})
    void completion_signalsVectorsUpToTheLastOffered(Bench bench, long number) {
        Host host = bench.start(DeviceShape.DEFAULT.withVectors(2048));
        Vector vector = host.routeVector((int) number);
        HostQueue queue = host.createPair(1, ENTRIES, ENTRIES, (int) number);
        queue.submit(Commands.flush(1));
        vector.expectInterrupt();
    }

    @Clause(
            value = "Base §3.1.3.10",
            otherwise = "A driver waits for the interrupt of its first command in vain.")
    void adminCompletion_signalsVectorZero(Host host) {
        host.start();
        host.vector(0).forget();
        host.adminQueue().submit(Commands.getFeature(7));
        host.vector(0).expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver whose queues share a vector misses completions of one of them.",
            values = {0, 3})
    void queuesThatShareAVector_bothSignalIt(Host host, long vector) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES, ENTRIES, (int) vector);
        HostQueue second = host.createPair(2, ENTRIES, ENTRIES, (int) vector);
        Vector shared = host.vector((int) vector);
        for (HostQueue queue : new HostQueue[] {first, second, second, first}) {
            shared.forget();
            queue.submit(Commands.flush(1));
            shared.expectInterrupt();
        }
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver deletes one of two queues on a vector and loses the other's too.")
    void deletingAQueue_leavesTheVectorToTheOther(Host host) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES, ENTRIES, 3);
        HostQueue second = host.createPair(2, ENTRIES, ENTRIES, 3);
        host.deletePair(first);
        host.vector(3).forget();
        second.submit(Commands.flush(1));
        host.vector(3).expectInterrupt();
    }

    @Clause(
            value = "Base §5.4",
            otherwise = "A driver is given a queue whose interrupts never come.",
            values = {17, 18, 2047, 0xFFFF})
    void createCompletionQueue_withVectorThatIsNotThere_isRefused(Host host, long vector) {
        Offered.noVector(host, vector);
        host.start();
        HostQueue queue = host.describe(1, 1, ENTRIES, ENTRIES);
        Expect.status(
                host.admin(
                        Commands.createCompletionQueue(
                                1, ENTRIES, queue.completionBase(), (int) vector)),
                Status.INVALID_INTERRUPT_VECTOR);
    }

    @Clause(value = "Base §5.4", otherwise = "A driver that polls is interrupted for nothing.")
    void queueWithInterruptsDisabled_neverSignals(Host host) {
        HostQueue queue = polledQueue(host.start());
        forgetAll(host);
        for (int i = 0; i < 10; i++) {
            queue.submit(Commands.flush(1));
            queue.expectCompletion();
        }
        for (int i = 0; i < host.vectorCount(); i++) {
            host.vector(i).expectNoInterrupt(MILLI_NANOS);
        }
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A polled queue takes the interrupts of the queue that shares its vector.")
    void queueWithInterruptsDisabled_leavesItsVectorToOthers(Host host) {
        HostQueue polled = polledQueue(host.start());
        HostQueue other = host.createPair(2, ENTRIES, ENTRIES, 0);
        polled.run(Commands.flush(1));
        host.vector(0).forget();
        other.submit(Commands.flush(1));
        host.vector(0).expectInterrupt();
    }

    /** A pair whose completion queue has IEN = 0. */
    private static HostQueue polledQueue(Host host) {
        HostQueue queue = host.describe(1, 1, ENTRIES, ENTRIES);
        host.adminOk(
                Commands.createCompletionQueue(1, ENTRIES, queue.completionBase(), 0).cdw(11, 1));
        host.adminOk(Commands.createSubmissionQueue(1, ENTRIES, queue.submissionBase(), 1));
        return queue;
    }

    // ---- how many ------------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver is interrupted more often than it has commands, or never.",
            values = {1, 2, 32, 63})
    void burst_signalsAtLeastOnceAndAtMostForEachEntry(Host host, long commands) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Vector vector = host.vector(1);
        long before = vector.count();
        for (int i = 0; i < commands; i++) {
            queue.put(Commands.flush(1));
        }
        queue.ring();
        for (int i = 0; i < commands; i++) {
            queue.expectCompletion();
        }
        host.elapse(SECOND_NANOS);
        Expect.between("interrupts", vector.count() - before, 1, commands);
    }

    @Clause(
            value = "PCIe §3.5.2",
            level = Level.SHOULD,
            otherwise = "A driver is interrupted when there is nothing to do.")
    void nothingPosted_nothingIsSignalled(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        queue.run(Commands.flush(1));
        forgetAll(host);
        queue.ringHead();
        host.read32(Registers.CSTS);
        for (int i = 0; i < host.vectorCount(); i++) {
            host.vector(i).expectNoInterrupt(MILLI_NANOS);
        }
    }

    // ---- masks ---------------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver finds vectors that fire before it has programmed them.")
    void vectorsAfterPowerOn_areMaskedAndNotPending(Host host) {
        host.enableFunction();
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        int table = host.config(msix + MsixCapability.TABLE_OFFSET_BYTES, 4);
        for (int i = 0; i < 17; i++) {
            long control = MsixCapability.offsetInBar(table) + 16L * i + 12;
            Expect.equal(
                    "mask bit of vector " + i,
                    host.function().readBar(MsixCapability.bar(table), control, 4) & 1,
                    1);
            Expect.that("vector %d is not pending".formatted(i), !host.isPending(i));
        }
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that masks a vector for a while misses its interrupt.",
            values = {0, 1, 16})
    void maskedVector_becomesPendingAndIsSentOnceOnUnmask(Host host, long number) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES, ENTRIES, (int) number);
        Vector vector = host.vector((int) number);
        vector.setMasked(true);
        vector.forget();
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        vector.expectNoInterrupt(SECOND_NANOS);
        Expect.that("the pending bit is set", host.isPending((int) number));
        vector.setMasked(false);
        vector.expectInterrupt();
        Expect.that("the pending bit is clear", !host.isPending((int) number));
        vector.expectNoInterrupt(SECOND_NANOS);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A function that may not master the bus writes messages into memory.")
    void pendingMessage_waitsForBusMastering(Host host) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES);
        Vector vector = host.vector(1);
        vector.setMasked(true);
        queue.run(Commands.flush(1));
        vector.forget();
        command(host, ConfigurationHeader.COMMAND_MEMORY_SPACE);
        vector.setMasked(false);
        vector.expectNoInterrupt(SECOND_NANOS);
        command(
                host,
                ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER);
        vector.expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that unmasks a vector is interrupted for each old completion.")
    void manyCompletionsWhileMasked_areOneInterrupt(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Vector vector = host.vector(1);
        vector.setMasked(true);
        long before = vector.count();
        for (int i = 0; i < 20; i++) {
            queue.run(Commands.flush(1));
        }
        vector.setMasked(false);
        host.elapse(SECOND_NANOS);
        Expect.equal("interrupts", vector.count() - before, 1);
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that masks the function misses interrupts.")
    void functionMask_holdsAllVectorsUntilItIsCleared(Host host) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES);
        HostQueue second = host.createPair(2, ENTRIES);
        host.setMsix(true, true);
        forgetAll(host);
        first.submit(Commands.flush(1));
        second.submit(Commands.flush(1));
        first.expectCompletion();
        second.expectCompletion();
        host.vector(1).expectNoInterrupt(SECOND_NANOS);
        host.vector(2).expectNoInterrupt(0);
        Expect.that("vector 1 is pending", host.isPending(1));
        Expect.that("vector 2 is pending", host.isPending(2));
        Expect.that("vector 3 is not pending", !host.isPending(3));
        host.setMsix(true, false);
        host.vector(1).expectInterrupt();
        host.vector(2).expectInterrupt();
        host.vector(3).expectNoInterrupt(MILLI_NANOS);
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that unmasks a vector is interrupted although the function is.",
            values = {0, 1})
    void bothMasks_mustBeClearBeforeAMessageIsSent(Host host, long firstCleared) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Vector vector = host.vector(1);
        vector.setMasked(true);
        host.setMsix(true, true);
        vector.forget();
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        if (firstCleared == 0) {
            vector.setMasked(false);
            vector.expectNoInterrupt(MILLI_NANOS);
            host.setMsix(true, false);
        } else {
            host.setMsix(true, false);
            vector.expectNoInterrupt(MILLI_NANOS);
            vector.setMasked(false);
        }
        vector.expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that saves and restores a vector leaves it masked.",
            values = {0xFFFF_FFFEL, 0x8000_0000L, 0xFF00})
    void reservedBitsOfVectorControl_doNotMask(Host host, long control) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        int table = host.config(msix + MsixCapability.TABLE_OFFSET_BYTES, 4);
        host.function()
                .writeBar(
                        MsixCapability.bar(table),
                        MsixCapability.offsetInBar(table) + 16 + 12,
                        4,
                        control);
        host.vector(1).forget();
        queue.submit(Commands.flush(1));
        host.vector(1).expectInterrupt();
    }

    @Clause(value = "PCIe §3.5.2", otherwise = "A stray store makes interrupts up.")
    void pendingBits_cannotBeWritten(Host host) {
        host.start();
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        int bits = host.config(msix + MsixCapability.PENDING_BITS_OFFSET_BYTES, 4);
        forgetAll(host);
        host.function()
                .writeBar(MsixCapability.bar(bits), MsixCapability.offsetInBar(bits), 8, -1L);
        Expect.that("vector 1 is not pending", !host.isPending(1));
        host.vector(1).expectNoInterrupt(MILLI_NANOS);
    }

    // ---- the table -----------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that moves an interrupt to another CPU gets it at the old one.")
    void tableEntryProgrammedAgain_sendsTheNewMessage(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Vector old = host.vector(1);
        queue.run(Commands.flush(1));
        old.setMasked(true);
        Vector moved = host.routeVector(1);
        old.forget();
        moved.forget();
        queue.submit(Commands.flush(1));
        moved.expectInterrupt();
        old.expectNoInterrupt(MILLI_NANOS);
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A message that was pending arrives where it was bound before the move.")
    void pendingMessage_isSentWithTheNewAddress(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Vector old = host.vector(1);
        old.setMasked(true);
        old.forget();
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        host.routeVector(1).expectInterrupt();
        old.expectNoInterrupt(MILLI_NANOS);
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that programs its vectors in another order loses interrupts.")
    void vectorsProgrammedInAnyOrder_work(Host host) {
        host.start();
        Vector third = host.routeVector(3);
        Vector first = host.routeVector(1);
        Vector second = host.routeVector(2);
        host.createPair(1, ENTRIES).submit(Commands.flush(1));
        first.expectInterrupt();
        host.createPair(2, ENTRIES).submit(Commands.flush(1));
        second.expectInterrupt();
        host.createPair(3, ENTRIES).submit(Commands.flush(1));
        third.expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver reads back another message than it wrote.",
            values = {4, 8})
    void tableEntry_readsBackInEachWidth(Host host, long width) {
        host.enableFunction();
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        int table = host.config(msix + MsixCapability.TABLE_OFFSET_BYTES, 4);
        int bar = MsixCapability.bar(table);
        long entry = MsixCapability.offsetInBar(table) + 16 * 2;
        long value = width == 4 ? 0xFEE0_1000L : 0x12_FEE0_1000L;
        host.function().writeBar(bar, entry, (int) width, value);
        Expect.equal("address", host.function().readBar(bar, entry, (int) width), value);
        host.function().writeBar(bar, entry + 8, 4, 0x4321);
        Expect.equal("data", host.function().readBar(bar, entry + 8, 4), 0x4321);
        Expect.equal("vector control", host.function().readBar(bar, entry + 12, 4) & 1, 1);
    }

    // ---- switches ------------------------------------------------------------------------------

    @Clause(value = "PCIe §3.5.2", otherwise = "A function sends messages that were never enabled.")
    void msixDisabled_sendsNoMessage(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        host.setMsix(false, false);
        host.vector(1).forget();
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        host.vector(1).expectNoInterrupt(SECOND_NANOS);
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise =
                    "A driver that enables MSI-X late never hears of what was completed before.")
    void msixEnabledAgain_signalsWhatIsUnread(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        host.setMsix(false, false);
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        host.vector(1).forget();
        host.setMsix(true, false);
        host.vector(1).expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A driver that starts with the pin gets no messages after it switches.")
    void msixEnabledAfterTheController_signalsTheAdminQueueToo(Host host) {
        host.startWithPin();
        host.adminOk(Commands.getFeature(7));
        host.enableMsix();
        host.vector(0).forget();
        host.adminQueue().submit(Commands.getFeature(7));
        host.vector(0).expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A mask of pin interrupts silences a driver that uses MSI-X.")
    void intms_doesNotMaskMsix(Host host) {
        host.start();
        host.write32(Registers.INTMS, -1);
        HostQueue queue = host.createPair(1, ENTRIES);
        host.vector(1).forget();
        queue.submit(Commands.flush(1));
        host.vector(1).expectInterrupt();
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "The command register's switch of the pin silences a driver of MSI-X.")
    void interruptDisable_doesNotMaskMsix(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        command(
                host,
                ConfigurationHeader.COMMAND_MEMORY_SPACE
                        | ConfigurationHeader.COMMAND_BUS_MASTER
                        | ConfigurationHeader.COMMAND_INTERRUPT_DISABLE);
        host.vector(1).forget();
        queue.submit(Commands.flush(1));
        host.vector(1).expectInterrupt();
    }

    private static void command(Host host, int bits) {
        host.config(ConfigurationHeader.COMMAND_OFFSET_BYTES, 2, bits);
    }

    private static void forgetAll(Host host) {
        for (int i = 0; i < host.vectorCount(); i++) {
            host.vector(i).forget();
        }
    }
}
