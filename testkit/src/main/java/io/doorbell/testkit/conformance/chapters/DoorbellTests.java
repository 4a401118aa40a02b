package io.doorbell.testkit.conformance.chapters;

import static io.doorbell.testkit.conformance.chapters.InvalidRing.HEAD_OF_ALL_ONES;
import static io.doorbell.testkit.conformance.chapters.InvalidRing.HEAD_OF_QUEUE_SIZE;
import static io.doorbell.testkit.conformance.chapters.InvalidRing.HEAD_PAST_TAIL;
import static io.doorbell.testkit.conformance.chapters.InvalidRing.HEAD_UNCHANGED;
import static io.doorbell.testkit.conformance.chapters.InvalidRing.TAIL_OF_ALL_ONES;
import static io.doorbell.testkit.conformance.chapters.InvalidRing.TAIL_OF_QUEUE_SIZE;
import static io.doorbell.testkit.conformance.chapters.InvalidRing.TAIL_UNCHANGED;

import io.doorbell.spec.Doorbells;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import java.util.HashSet;
import java.util.Set;

/** Doorbell registers and what may be written there (Base §3.3.1, PCIe §3.1.2). */
@Chapter("Doorbells")
final class DoorbellTests {
    private static final int INVALID_REGISTER_EVENT = 0x0001_0000;
    private static final int INVALID_VALUE_EVENT = 0x0001_0100;
    private static final int NO_QUEUE_OR_COMMAND = 0xFFFF;
    private static final int ENTRIES = 16;
    private static final long MILLISECOND_NANOS = 1_000_000;

    private static HostQueue pair(Host host) {
        return host.start().createPair(1, ENTRIES);
    }

    private static void expectWorking(HostQueue queue) {
        for (int i = 0; i < 2 * ENTRIES; i++) {
            Expect.success(queue.run(Commands.flush(1)));
        }
    }

    // ---- where they are ------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.1.2",
            otherwise = "A driver that honours CAP.DSTRD rings doorbells nobody listens to.",
            values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void stride_ofEachSizePutsDoorbellsApart(Bench bench, long stride) {
        Host host = bench.start(DeviceShape.DEFAULT.withDoorbellStride((int) stride));
        HostQueue first = host.createPair(1, ENTRIES);
        HostQueue last = host.createPair(16, ENTRIES);
        expectWorking(first);
        expectWorking(last);
        expectWorking(first);
    }

    @Clause(
            value = "PCIe §3.1.2",
            level = Level.MAY,
            otherwise = "A stray store between two doorbells moves a queue's tail.",
            values = {1, 4})
    void storeBetweenDoorbells_movesNothing(Bench bench, long stride) {
        Host host = bench.start(DeviceShape.DEFAULT.withDoorbellStride((int) stride));
        HostQueue queue = host.createPair(1, ENTRIES);
        queue.put(Commands.flush(1));
        host.write32(Doorbells.submissionTailOffset(1, (int) stride) + 4, 1);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        queue.ring();
        Expect.success(queue.expectCompletion());
    }

    @Clause(
            value = "PCIe §3.1.2.1",
            otherwise = "A driver whose stores carry something in the reserved half is not served.",
            values = {0x0001_0000L, 0x8000_0000L, 0xFFFF_0000L})
    void reservedBits_areIgnored(Host host, long reserved) {
        HostQueue queue = pair(host);
        queue.put(Commands.flush(1));
        queue.ring(queue.tail() | (int) reserved);
        Expect.success(queue.expectCompletion());
        queue.ringHead(queue.head() | (int) reserved);
        expectWorking(queue);
    }

    // ---- what a ring does ----------------------------------------------------------------------

    @Clause(
            value = "Base §3.3.1.4",
            otherwise = "A driver that batches its rings loses commands.",
            values = {1, 2, 7, 15})
    void oneRing_submitsEveryEntryUpToTheTail(Host host, long count) {
        HostQueue queue = pair(host);
        for (int i = 0; i < count; i++) {
            queue.put(Commands.flush(1));
        }
        queue.ring();
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ids.add(queue.expectCompletion().commandId());
        }
        Expect.equal("commands completed", ids.size(), count);
        queue.expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §3.3.1.4",
            otherwise = "The controller executes an entry that the driver has not finished.")
    void entryBeyondTheTail_isNotFetched(Host host) {
        HostQueue queue = pair(host);
        queue.put(Commands.flush(1));
        int written = queue.tail();
        queue.put(Commands.flush(1));
        queue.ring(written);
        queue.expectCompletion();
        queue.expectNoCompletion(10 * MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "A driver that uses all slots but one overtakes the controller's head.",
            values = {2, 3, 16, 1024})
    void tail_goesRoundWithAFullQueue(Bench bench, long entries) {
        Host host = bench.start();
        HostQueue queue = host.createPair(1, (int) entries, 1024, 1);
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i < entries; i++) {
                queue.put(Commands.flush(1));
            }
            queue.ring();
            for (int i = 1; i < entries; i++) {
                Expect.success(queue.expectCompletion());
            }
            queue.ringHead();
        }
    }

    @Clause(
            value = "Base §3.3.1",
            otherwise = "A driver's ring wakes another queue than its own.",
            values = {1, 2, 8, 16})
    void ring_concernsItsOwnQueueOnly(Host host, long rung) {
        host.start();
        HostQueue[] queues = new HostQueue[17];
        for (int id = 1; id <= 16; id++) {
            queues[id] = host.createPair(id, ENTRIES);
            queues[id].put(Commands.flush(1));
        }
        queues[(int) rung].ring();
        Expect.success(queues[(int) rung].expectCompletion());
        for (int id = 1; id <= 16; id++) {
            if (id != rung) {
                queues[id].expectNoCompletion(0);
            }
        }
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "A queue that slept through a ring hangs until the next one.",
            values = {1, 10, 1000})
    void everyRing_isServedAfterAnyPause(Host host, long pauseMicros) {
        HostQueue queue = pair(host);
        for (int i = 0; i < 3 * ENTRIES; i++) {
            Expect.success(queue.run(Commands.flush(1)));
            host.elapse(pauseMicros * 1_000);
        }
    }

    // ---- invalid values ------------------------------------------------------------------------

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "A driver's author never learns that a doorbell was written wrongly.",
            values = {
                TAIL_OF_QUEUE_SIZE,
                TAIL_OF_ALL_ONES,
                TAIL_UNCHANGED,
                HEAD_OF_QUEUE_SIZE,
                HEAD_OF_ALL_ONES,
                HEAD_UNCHANGED,
                HEAD_PAST_TAIL
            })
    void invalidValue_isReportedToAnOutstandingRequest(Host host, long kind) {
        HostQueue queue = pair(host);
        queue.run(Commands.flush(1));
        host.requestEvent();
        InvalidRing.write(queue, kind);
        Expect.equal("event", host.expectAsyncEvent(), INVALID_VALUE_EVENT);
    }

    @Clause(
            value = "Base §5.2",
            level = Level.SHOULD,
            otherwise = "The report of a wrong doorbell is lost if no request was waiting for it.",
            values = {
                TAIL_OF_QUEUE_SIZE,
                TAIL_UNCHANGED,
                HEAD_OF_QUEUE_SIZE,
                HEAD_UNCHANGED,
                HEAD_PAST_TAIL
            })
    void invalidValue_isKeptForALaterRequest(Host host, long kind) {
        HostQueue queue = pair(host);
        queue.run(Commands.flush(1));
        InvalidRing.write(queue, kind);
        host.elapse(MILLISECOND_NANOS);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), INVALID_VALUE_EVENT);
    }

    @Clause(
            value = "Base §3.3.1.2",
            level = Level.MAY, // a device may stop fetching until the queue is created again
            otherwise = "One wrong ring stops a queue until it is created again.",
            values = {
                TAIL_OF_QUEUE_SIZE,
                TAIL_OF_ALL_ONES,
                TAIL_UNCHANGED,
                HEAD_OF_QUEUE_SIZE,
                HEAD_OF_ALL_ONES,
                HEAD_UNCHANGED,
                HEAD_PAST_TAIL
            })
    void invalidValue_changesNothingElse(Host host, long kind) {
        HostQueue queue = pair(host);
        queue.run(Commands.flush(1));
        InvalidRing.write(queue, kind);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        expectWorking(queue);
    }

    @Clause(
            value = "Base §3.3.1.2",
            level = Level.MAY, // a device may fetch although completions wait, and see no overfill
            otherwise = "A driver that overfills a queue has its old entries executed again.",
            values = {0, 1})
    void tailPastTheHead_isReportedAndNotTaken(Host host, long beyond) {
        host.start();
        HostQueue queue = host.createPair(1, 8, 2, 1);
        for (int i = 0; i < 3; i++) {
            queue.submit(Commands.flush(1));
        }
        host.expect("one completion fills the queue of 2", queue::hasCompletion);
        host.elapse(MILLISECOND_NANOS);
        queue.put(Commands.flush(1));
        queue.put(Commands.flush(1)); // fetched up to slot 3 at least, 5 are written
        queue.ring();
        host.requestEvent();
        queue.ring(3 + (int) beyond);
        Expect.equal("event", host.expectAsyncEvent(), INVALID_VALUE_EVENT);
        for (int i = 0; i < 5; i++) {
            Expect.success(queue.expectCompletion());
            queue.ringHead();
        }
        queue.expectNoCompletion(MILLISECOND_NANOS);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §5.16.1.2",
            otherwise = "The error log blames a command for what a doorbell did.")
    void invalidValue_isInTheErrorLogWithoutCommand(Host host) {
        HostQueue queue = pair(host);
        queue.ring(ENTRIES);
        host.requestEvent();
        host.expectAsyncEvent();
        long page = host.memory().pages(1);
        host.adminOk(Commands.getLogPage(LogPageId.ERROR_INFORMATION, 64, page));
        Expect.that("the entry has an error count", host.memory().getLong(page) > 0);
        Expect.equal("SQID", host.memory().getShort(page + 8), NO_QUEUE_OR_COMMAND);
        Expect.equal("CID", host.memory().getShort(page + 10), NO_QUEUE_OR_COMMAND);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A driver with a doorbell bug is flooded with events it has no answer to.")
    void events_ofOneTypeAreHeldUntilTheLogIsRead(Host host) {
        HostQueue queue = pair(host);
        host.requestEvent();
        host.requestEvent();
        queue.ring(ENTRIES);
        Expect.equal("event", host.expectAsyncEvent(), INVALID_VALUE_EVENT);
        queue.ring(ENTRIES);
        host.ringSubmission(2, 1);
        host.adminQueue().expectNoCompletion(10 * MILLISECOND_NANOS);
        long page = host.memory().pages(1);
        host.adminOk(Commands.getLogPage(LogPageId.ERROR_INFORMATION, 64, page));
        queue.ring(ENTRIES);
        Expect.equal("event after the log was read", host.expectAsyncEvent(), INVALID_VALUE_EVENT);
    }

    // ---- doorbells of no queue -----------------------------------------------------------------

    @Clause(
            value = "PCIe §3.1.2",
            level = Level.SHOULD,
            otherwise = "A driver that rings a queue it never created does not hear of it.",
            values = {0, 1})
    void doorbellOfNoQueue_isReported(Host host, long completion) {
        host.start();
        host.requestEvent();
        ringAny(host, 5, completion);
        Expect.equal("event", host.expectAsyncEvent(), INVALID_REGISTER_EVENT);
    }

    @Clause(
            value = "Base §5.2",
            level = Level.SHOULD,
            otherwise = "The report of a ring without queue is lost if no request was waiting.",
            values = {0, 1})
    void doorbellOfNoQueue_isKeptForALaterRequest(Host host, long completion) {
        host.start();
        ringAny(host, 5, completion);
        host.elapse(MILLISECOND_NANOS);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), INVALID_REGISTER_EVENT);
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "A queue starts with a ring that was made before it existed.",
            values = {0, 1})
    void doorbellOfNoQueue_doesNotCountForTheQueueThatComes(Host host, long completion) {
        host.start();
        ringAny(host, 1, completion);
        HostQueue queue = host.createPair(1, ENTRIES);
        queue.expectNoCompletion(MILLISECOND_NANOS);
        expectWorking(queue);
    }

    @Clause(
            value = "Base §5.6",
            otherwise = "A driver that rings a deleted queue does not hear of it.",
            values = {0, 1})
    void doorbellOfADeletedQueue_isReported(Host host, long completion) {
        HostQueue queue = pair(host);
        queue.run(Commands.flush(1));
        host.deletePair(queue);
        host.requestEvent();
        ringAny(host, 1, completion);
        Expect.equal("event", host.expectAsyncEvent(), INVALID_REGISTER_EVENT);
    }

    @Clause(
            value = "Base §3.5.1",
            otherwise = "A driver's early ring starts commands before the controller is ready.",
            values = {0, 1})
    void ringBeforeEnable_hasNoEffect(Host host, long completion) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(32, 32);
        ringAny(host, 0, completion);
        host.elapse(MILLISECOND_NANOS);
        host.enable(Host.CC_ENABLE);
        host.adminQueue().expectNoCompletion(MILLISECOND_NANOS);
        Expect.success(host.admin(Commands.getFeature(7)));
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "A ring of the life before moves a queue of the next.",
            values = {0, 1})
    void ringWhileDisabled_hasNoEffectLater(Host host, long completion) {
        HostQueue queue = pair(host);
        queue.run(Commands.flush(1));
        host.disable();
        ringAny(host, 1, completion);
        ringAny(host, 0, completion);
        host.configureAdmin(32, 32);
        host.enable(Host.CC_ENABLE);
        host.adminQueue().expectNoCompletion(MILLISECOND_NANOS);
        expectWorking(host.createPair(1, ENTRIES));
    }

    private static void ringAny(Host host, int queueId, long completion) {
        if (completion == 0) {
            host.ringSubmission(queueId, 1);
        } else {
            host.ringCompletion(queueId, 1);
        }
    }
}
