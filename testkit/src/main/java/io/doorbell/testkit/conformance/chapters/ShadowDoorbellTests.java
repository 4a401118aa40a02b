package io.doorbell.testkit.conformance.chapters;

import static io.doorbell.testkit.conformance.chapters.ShadowHost.ANNEX;
import static io.doorbell.testkit.conformance.chapters.ShadowHost.SIXTEEN_BITS;
import static io.doorbell.testkit.conformance.chapters.ShadowHost.SIXTEEN_BITS_INCLUSIVE;

import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Status;
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

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Doorbell Buffer Config and what follows from it (Base §5.8, Annex B.5). */
@Chapter("Shadow doorbells")
final class ShadowDoorbellTests {
    private static final int ENTRIES = 16;
    private static final int STALE = 0x5A;
    private static final long MILLISECOND_NANOS = 1_000_000;
    private static final int INVALID_VALUE_EVENT = 0x0001_0100;

    // ---- the command ---------------------------------------------------------------------------

    @Clause(value = "Base §5.8", otherwise = "A driver switches to buffers that nobody reads.")
    void config_whereNotOffered_isAnInvalidOpcode(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withShadowDoorbells(false));
        NotApplicable.unless(!ShadowHost.isOffered(host), "the device always offers the command");
        Expect.refused(
                host.admin(ShadowHost.config(host.memory().pages(1), host.memory().pages(1))),
                Status.INVALID_COMMAND_OPCODE);
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "The controller reads tails from between the driver's slots.",
            values = {4, 8, 64, 0x800})
    void config_refusesMisalignedBuffers(Host host, long offset) {
        host.start();
        NotApplicable.unless(ShadowHost.isOffered(host), "OACS does not offer the command");
        long pages = host.memory().pages(4);
        Expect.refused(
                host.admin(ShadowHost.config(pages + offset, pages + 8192)),
                Status.INVALID_FIELD_IN_COMMAND);
        Expect.refused(
                host.admin(ShadowHost.config(pages, pages + 8192 + offset)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "The controller reads tails from where no memory is.",
            values = {0, 1})
    void config_refusesBuffersOutsideMemory(Host host, long which) {
        host.start();
        NotApplicable.unless(ShadowHost.isOffered(host), "OACS does not offer the command");
        long page = host.memory().pages(1);
        long nowhere = host.memory().nowhere();
        Expect.refused(
                host.admin(
                        which == 0
                                ? ShadowHost.config(nowhere, page)
                                : ShadowHost.config(page, nowhere)),
                Status.INVALID_FIELD_IN_COMMAND);
        Expect.success(host.createPair(1, ENTRIES).run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §5.8",
            level = Level.MAY,
            otherwise = "Driver and controller overwrite each other's words.")
    void config_refusesBothBuffersOnOnePage(Host host) {
        host.start();
        NotApplicable.unless(ShadowHost.isOffered(host), "OACS does not offer the command");
        long page = host.memory().pages(1);
        Expect.refused(host.admin(ShadowHost.config(page, page)), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "Slots of queues lie outside the page the driver gave.")
    void config_isOfferedOnlyIfTheSlotsOfAllQueuesFitAPage(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withQueuePairs(600));
        Expect.that("600 queue pairs do not fit 4 KiB of slots", !ShadowHost.isOffered(host));
    }

    // ---- both arithmetics ----------------------------------------------------------------------

    private static void runWithEachSize(Host host, long formula, int entries) {
        host.start();
        HostQueue queue = host.createPair(1, entries);
        new ShadowHost(host, formula).configure(0).runFlushes(queue, 5 * entries + 3);
    }

    @Clause(
            value = "Base Annex B.5",
            otherwise = "A host that counts modulo the queue size hangs.",
            values = {2, 3, 4, 16, 1024})
    void annexArithmetic_losesNoWake(Host host, long entries) {
        runWithEachSize(host, ANNEX, (int) entries);
    }

    @Clause(
            value = "Base Annex B.5",
            otherwise = "A host that counts modulo 65,536 as Linux does hangs.",
            values = {2, 3, 4, 16, 1024})
    void sixteenBitArithmetic_losesNoWake(Host host, long entries) {
        runWithEachSize(host, SIXTEEN_BITS, (int) entries);
    }

    @Clause(
            value = "Base Annex B.5",
            otherwise = "A host that counts modulo 65,536 as SPDK does hangs.",
            values = {2, 3, 4, 16, 1024})
    void sixteenBitInclusiveArithmetic_losesNoWake(Host host, long entries) {
        runWithEachSize(host, SIXTEEN_BITS_INCLUSIVE, (int) entries);
    }

    @Clause(
            value = "Base Annex B.5",
            otherwise = "A ring is lost when bursts, pauses and full queues meet.",
            values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void randomTraffic_completesEveryCommand(Host host, long seed) {
        Random random = new Random(seed);
        host.start();
        int entries = 2 + random.nextInt(30);
        HostQueue[] queues = new HostQueue[4];
        ShadowHost shadow = new ShadowHost(host, seed % 3);
        if (seed % 2 == 0) {
            shadow.configure(STALE);
        }
        for (int i = 0; i < queues.length; i++) {
            queues[i] = host.createPair(i + 1, entries, 2 + random.nextInt(30), i + 1);
        }
        if (seed % 2 != 0) {
            shadow.configure(STALE);
        }
        for (int round = 0; round < 60; round++) {
            HostQueue queue = queues[random.nextInt(queues.length)];
            Set<Integer> outstanding = new HashSet<>();
            int count = 1 + random.nextInt(entries - 1);
            for (int i = 0; i < count; i++) {
                outstanding.add(queue.put(Commands.flush(1)));
                if (random.nextInt(3) == 0) {
                    shadow.publishTail(queue);
                    host.elapse(random.nextInt(3_000));
                }
            }
            shadow.publishTail(queue);
            while (!outstanding.isEmpty()) {
                Completion completion = queue.expectCompletion();
                Expect.that(
                        completion + " was outstanding",
                        outstanding.remove(completion.commandId()));
                if (random.nextInt(3) == 0 || !queue.hasCompletion()) {
                    shadow.publishHead(queue);
                }
            }
        }
    }

    // ---- which queues --------------------------------------------------------------------------

    @Clause(
            value = "Base §5.8",
            otherwise = "A queue that existed before the command stops, or starts over.",
            values = {ANNEX, SIXTEEN_BITS_INCLUSIVE, SIXTEEN_BITS})
    void queueInMidLife_goesOnWhereItWas(Host host, long formula) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES);
        for (int i = 0; i < 21; i++) {
            queue.run(Commands.flush(1));
        }
        ShadowHost shadow = new ShadowHost(host, formula).configure(STALE);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        Expect.equal("tail slot", shadow.tailSlot(1), queue.tail());
        Expect.equal("head slot", shadow.headSlot(1), queue.head());
        shadow.runFlushes(queue, 3 * ENTRIES);
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "A queue created after the command starts with what an old one left.",
            values = {ANNEX, SIXTEEN_BITS_INCLUSIVE, SIXTEEN_BITS})
    void queueCreatedLater_usesTheBuffers(Host host, long formula) {
        host.start();
        ShadowHost shadow = new ShadowHost(host, formula).configure(STALE);
        HostQueue queue = host.createPair(7, ENTRIES);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        Expect.equal("tail slot", shadow.tailSlot(7), 0);
        shadow.runFlushes(queue, 3 * ENTRIES);
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "A queue created again starts with the pointers of its former life.",
            values = {ANNEX, SIXTEEN_BITS_INCLUSIVE, SIXTEEN_BITS})
    void queueCreatedAgain_startsAtZero(Host host, long formula) {
        host.start();
        ShadowHost shadow = new ShadowHost(host, formula).configure(0);
        for (int life = 0; life < 3; life++) {
            HostQueue queue = host.createPair(1, ENTRIES);
            shadow.runFlushes(queue, 5 + life);
            host.deletePair(queue);
        }
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "A driver's admin commands hang: no driver has shadow slots for them.")
    void adminQueue_keepsItsRegisters(Host host) {
        host.start();
        ShadowHost shadow = new ShadowHost(host, SIXTEEN_BITS).configure(0);
        shadow.store(Doorbells.submissionTailIndex(0), 9);
        shadow.store(Doorbells.completionHeadIndex(0), 9);
        for (int i = 0; i < 70; i++) {
            Expect.success(host.admin(Commands.getFeature(7)));
        }
    }

    // ---- register writes -----------------------------------------------------------------------

    @Clause(
            value = "Base Annex B.5",
            otherwise = "A register write that arrives late takes commands back.")
    void registerWrite_isAHintOnly(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        ShadowHost shadow = new ShadowHost(host, SIXTEEN_BITS).configure(0);
        shadow.runFlushes(queue, 4);
        for (int i = 0; i < 3; i++) {
            queue.put(Commands.flush(1));
        }
        shadow.store(Doorbells.submissionTailIndex(1), queue.tail());
        queue.ring(5);
        for (int i = 0; i < 3; i++) {
            Expect.success(queue.expectCompletion());
        }
        queue.ring(6);
        queue.expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "A driver that follows the rules is told of errors it did not make.")
    void registerWriteOfTheSameValue_isNoError(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        ShadowHost shadow = new ShadowHost(host, SIXTEEN_BITS).configure(0);
        shadow.runFlushes(queue, 4);
        host.requestEvent();
        queue.ring(queue.tail());
        queue.ring(queue.tail());
        queue.ringHead(queue.head());
        host.adminQueue().expectNoCompletion(10 * MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base Annex B.5",
            level = Level.SHOULD,
            otherwise = "Each submission costs a register write, which the buffers are to save.",
            values = {ANNEX, SIXTEEN_BITS_INCLUSIVE, SIXTEEN_BITS})
    void busyQueue_asksForNoRegisterWrite(Host host, long formula) {
        VirtualTime.needed(host, "the queue is never idle while the host submits");
        HostQueue queue = host.start().createPair(1, 1024);
        ShadowHost shadow = new ShadowHost(host, formula).configure(0);
        for (int i = 0; i < 700; i++) {
            queue.put(Commands.flush(1));
            shadow.publishTail(queue);
        }
        Expect.equal("register writes for 700 submissions", shadow.rings(), 1);
        for (int i = 0; i < 700; i++) {
            Expect.success(queue.expectCompletion());
        }
    }

    @Clause(
            value = "Base Annex B.5",
            level = Level.SHOULD,
            otherwise = "Each consumed completion costs a register write nobody needs.",
            values = {SIXTEEN_BITS_INCLUSIVE, SIXTEEN_BITS})
    void completionQueueWithRoom_asksForNoRegisterWrite(Host host, long formula) {
        HostQueue queue = host.start().createPair(1, 256, 64, 1);
        ShadowHost shadow = new ShadowHost(host, formula).configure(0);
        int heads = 0;
        for (int i = 0; i < 640; i++) {
            int id = queue.put(Commands.flush(1));
            shadow.publishTail(queue);
            queue.expectCompletion(id);
            int before = shadow.rings();
            shadow.publishHead(queue);
            heads += shadow.rings() - before;
        }
        // Whoever rings for the value of EventIdx itself does so once a lap, when the queue is
        // full.
        int limit = formula == SIXTEEN_BITS ? 2 : 1 + 640 / 64;
        Expect.between("register writes for 640 completions", heads, 0, limit);
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "Completions wait for ever: the queue was full and nobody was woken.",
            values = {ANNEX, SIXTEEN_BITS_INCLUSIVE, SIXTEEN_BITS})
    void fullCompletionQueue_asksForTheHead(Host host, long formula) {
        HostQueue queue = host.start().createPair(1, 64, 4, 1);
        ShadowHost shadow = new ShadowHost(host, formula).configure(0);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 20; i++) {
                queue.put(Commands.flush(1));
            }
            shadow.publishTail(queue);
            host.elapse(MILLISECOND_NANOS);
            for (int i = 0; i < 20; i++) {
                Expect.success(queue.expectCompletion());
                shadow.publishHead(queue);
            }
        }
    }

    // ---- values that make no sense -------------------------------------------------------------

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "One wrong store into a buffer kills the queue, or the controller.",
            values = {ENTRIES, 0x1234, 0xFFFF})
    void invalidTailInTheSlot_isReportedAndNotTaken(Host host, long value) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        ShadowHost shadow = new ShadowHost(host, SIXTEEN_BITS).configure(0);
        shadow.runFlushes(queue, 4);
        host.requestEvent();
        shadow.store(Doorbells.submissionTailIndex(1), (int) value);
        queue.ring(5);
        Expect.equal("event", host.expectAsyncEvent(), INVALID_VALUE_EVENT);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        shadow.store(Doorbells.submissionTailIndex(1), queue.tail());
        queue.ring(5);
        shadow.runFlushes(queue, 2 * ENTRIES);
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "A driver whose slots carry something in the reserved half is not served.")
    void reservedHalfOfASlot_isIgnored(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        ShadowHost shadow = new ShadowHost(host, SIXTEEN_BITS).configure(0);
        queue.put(Commands.flush(1));
        shadow.store(Doorbells.submissionTailIndex(1), 0xABCD_0001);
        queue.ring(1);
        Expect.success(queue.expectCompletion());
    }

    // ---- the end of it -------------------------------------------------------------------------

    @Clause(
            value = "Base §5.8",
            otherwise = "After a reset the controller writes into memory the driver has freed.")
    void reset_forgetsTheBuffers(Host host) {
        HostQueue before = host.start().createPair(1, ENTRIES);
        ShadowHost shadow = new ShadowHost(host, SIXTEEN_BITS).configure(0);
        shadow.runFlushes(before, 4);
        host.restart();
        HostQueue queue = host.createPair(1, ENTRIES);
        shadow.store(Doorbells.submissionTailIndex(1), 3);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        shadow.store(Doorbells.submissionTailIndex(1), 0);
        Memory.Watch buffers = shadow.watch();
        for (int i = 0; i < 3 * ENTRIES; i++) {
            Expect.success(queue.run(Commands.flush(1)));
        }
        buffers.expectUnchanged();
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "After a reset a driver is no longer told of doorbells it writes wrongly.")
    void reset_makesRegistersMeanWhatTheySayAgain(Host host) {
        host.start().createPair(1, ENTRIES);
        new ShadowHost(host, SIXTEEN_BITS).configure(0);
        host.restart();
        HostQueue queue = host.createPair(1, ENTRIES);
        Expect.success(queue.run(Commands.flush(1)));
        host.requestEvent();
        queue.ring(queue.tail());
        Expect.equal("event", host.expectAsyncEvent(), INVALID_VALUE_EVENT);
    }

    @Clause(
            value = "Base §5.8",
            otherwise = "A driver that gives new buffers is served from the old ones.",
            values = {ANNEX, SIXTEEN_BITS_INCLUSIVE, SIXTEEN_BITS})
    void secondConfig_replacesTheBuffers(Host host, long formula) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        ShadowHost first = new ShadowHost(host, formula).configure(0);
        first.runFlushes(queue, 21);
        ShadowHost second = new ShadowHost(host, formula).configure(STALE);
        Memory.Watch old = first.watch();
        second.runFlushes(queue, 3 * ENTRIES);
        old.expectUnchanged();
    }
}
