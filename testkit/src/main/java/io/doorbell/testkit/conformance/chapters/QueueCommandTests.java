package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

/** Create and Delete I/O Queue (Base §5.4 to §5.7). */
@Chapter("Queue commands")
final class QueueCommandTests {
    private static final int ENTRIES = 16;

    private static Command completionQueue(Host host, int id) {
        return Commands.createCompletionQueue(id, ENTRIES, host.memory().pages(1), 1);
    }

    private static Command submissionQueue(Host host, int id, int completionId) {
        return Commands.createSubmissionQueue(id, ENTRIES, host.memory().pages(1), completionId);
    }

    // ---- Create I/O Completion Queue -----------------------------------------------------------

    @Clause(
            value = "Base §5.4",
            otherwise = "A driver that numbers its queues wrongly damages another queue.",
            values = {0, 17, 0xFFFF})
    void createCompletionQueue_refusesABadId(Host host, long id) {
        host.start();
        Offered.noQueue(host, id);
        Expect.refused(
                host.admin(completionQueue(host, (int) id)), Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Clause(
            value = "Base §5.4",
            otherwise = "A queue in use is replaced under the driver that uses it.")
    void createCompletionQueue_refusesAnIdInUse(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Expect.refused(host.admin(completionQueue(host, 1)), Status.INVALID_QUEUE_IDENTIFIER);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §5.4",
            otherwise = "A driver gets a queue of another size than it thinks.",
            values = {0, 1024, 0xFFFF})
    void createCompletionQueue_refusesABadSize(Host host, long zeroBased) {
        host.start();
        Command command = completionQueue(host, 1).cdw(10, (int) zeroBased << 16 | 1);
        Expect.refused(host.admin(command), Status.INVALID_QUEUE_SIZE);
    }

    @Clause(
            value = "Base §5.4",
            otherwise = "A queue's interrupts go to a vector that does not exist.",
            values = {17, 2047, 0xFFFF})
    void createCompletionQueue_refusesABadVector(Host host, long vector) {
        Offered.noVector(host, vector);
        host.start();
        Command command = completionQueue(host, 1).cdw(11, (int) vector << 16 | 3);
        Expect.refused(host.admin(command), Status.INVALID_INTERRUPT_VECTOR);
    }

    @Clause(
            value = "Base §5.4",
            level = Level.SHOULD,
            otherwise = "A driver that polls has to name a vector it does not have.")
    void createCompletionQueue_ignoresTheVectorWithoutInterrupts(Host host) {
        host.start();
        Command command = completionQueue(host, 1).cdw(11, 0x7FFF << 16 | 1);
        Expect.success(host.admin(command));
    }

    @Clause(
            value = "Base §5.4",
            otherwise = "Completions land in another place than the driver looks at.",
            values = {1, 4, 64, 0x800})
    void createCompletionQueue_refusesAMisalignedBase(Host host, long offset) {
        host.start();
        long base = host.memory().pages(2);
        Expect.refused(
                host.admin(Commands.createCompletionQueue(1, ENTRIES, base + offset, 1)),
                Status.PRP_OFFSET_INVALID);
    }

    @Clause(value = "Base §5.4", otherwise = "The controller posts completions into nowhere.")
    void createCompletionQueue_failsWhereNoMemoryIs(Host host) {
        host.start();
        Expect.status(
                host.admin(Commands.createCompletionQueue(1, ENTRIES, host.memory().nowhere(), 1)),
                Status.DATA_TRANSFER_ERROR);
        Expect.success(host.admin(completionQueue(host, 1)));
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that never set CC.IOCQES gets entries of an unknown size.",
            values = {0, 3, 5})
    void createCompletionQueue_refusesWithoutEntrySize(Host host, long sizeLog2) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(32, 32);
        host.enable(0x0006_0001 | (int) sizeLog2 << 20);
        Expect.refused(host.admin(completionQueue(host, 1)), Status.INVALID_QUEUE_SIZE);
    }

    @Clause(value = "Base §5.4", otherwise = "A refused command leaves half a queue behind.")
    void createCompletionQueue_refused_canBeRepeatedCorrectly(Host host) {
        host.start();
        Command bad = completionQueue(host, 1).cdw(11, 0xFFFF << 16 | 3);
        Expect.refused(host.admin(bad), Status.INVALID_INTERRUPT_VECTOR);
        Expect.success(host.createPair(1, ENTRIES).run(Commands.flush(1)));
    }

    // ---- Create I/O Submission Queue -----------------------------------------------------------

    @Clause(
            value = "Base §5.5",
            otherwise = "A driver that numbers its queues wrongly damages another queue.",
            values = {0, 17, 0xFFFF})
    void createSubmissionQueue_refusesABadId(Host host, long id) {
        host.start();
        Offered.noQueue(host, id);
        host.adminOk(completionQueue(host, 1));
        Expect.refused(
                host.admin(submissionQueue(host, (int) id, 1)), Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "A queue in use is replaced under the driver that uses it.")
    void createSubmissionQueue_refusesAnIdInUse(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Expect.refused(host.admin(submissionQueue(host, 1, 1)), Status.INVALID_QUEUE_IDENTIFIER);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "A submission queue completes into a queue that does not exist.")
    void createSubmissionQueue_refusesAMissingCompletionQueue(Host host) {
        host.start();
        Expect.refused(host.admin(submissionQueue(host, 1, 4)), Status.COMPLETION_QUEUE_INVALID);
    }

    @Clause(
            value = "Base §5.5",
            level = Level.SHOULD,
            otherwise = "An I/O queue completes into the admin queue.",
            values = {0, 17, 0xFFFF})
    void createSubmissionQueue_refusesACompletionQueueOutOfRange(Host host, long id) {
        host.start();
        Offered.noQueue(host, id);
        Expect.refused(
                host.admin(submissionQueue(host, 1, (int) id)), Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "A driver gets a queue of another size than it thinks.",
            values = {0, 1024, 0xFFFF})
    void createSubmissionQueue_refusesABadSize(Host host, long zeroBased) {
        host.start();
        host.adminOk(completionQueue(host, 1));
        Command command = submissionQueue(host, 1, 1).cdw(10, (int) zeroBased << 16 | 1);
        Expect.refused(host.admin(command), Status.INVALID_QUEUE_SIZE);
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "The controller fetches from another place than the driver writes to.",
            values = {1, 4, 64, 0x800})
    void createSubmissionQueue_refusesAMisalignedBase(Host host, long offset) {
        host.start();
        host.adminOk(completionQueue(host, 1));
        long base = host.memory().pages(2);
        Expect.refused(
                host.admin(Commands.createSubmissionQueue(1, ENTRIES, base + offset, 1)),
                Status.PRP_OFFSET_INVALID);
    }

    @Clause(value = "Base §5.5", otherwise = "The controller fetches commands from nowhere.")
    void createSubmissionQueue_failsWhereNoMemoryIs(Host host) {
        host.start();
        host.adminOk(completionQueue(host, 1));
        Expect.status(
                host.admin(Commands.createSubmissionQueue(1, ENTRIES, host.memory().nowhere(), 1)),
                Status.DATA_TRANSFER_ERROR);
        Expect.success(host.admin(submissionQueue(host, 1, 1)));
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that never set CC.IOSQES has its entries misread.",
            values = {0, 5, 7})
    void createSubmissionQueue_refusesWithoutEntrySize(Host host, long sizeLog2) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(32, 32);
        host.enable(0x0040_0001 | (int) sizeLog2 << 16);
        host.adminOk(completionQueue(host, 1));
        Expect.refused(host.admin(submissionQueue(host, 1, 1)), Status.INVALID_QUEUE_SIZE);
    }

    @Clause(
            value = "Base §5.5",
            level = Level.SHOULD,
            otherwise = "A driver that sets a priority cannot create queues in round robin.",
            values = {0, 1, 2, 3})
    void createSubmissionQueue_ignoresThePriorityInRoundRobin(Host host, long priority) {
        host.start();
        HostQueue queue = host.describe(1, 1, ENTRIES, ENTRIES);
        host.adminOk(Commands.createCompletionQueue(1, ENTRIES, queue.completionBase(), 1));
        host.adminOk(
                Commands.createSubmissionQueue(1, ENTRIES, queue.submissionBase(), 1)
                        .cdw(11, 1 << 16 | (int) priority << 1 | 1));
        Expect.success(queue.run(Commands.flush(1)));
    }

    // ---- how many ------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.5",
            otherwise = "A driver creates more queues than it was granted.",
            values = {1, 3, 8})
    void numberOfQueues_limitsTheIds(Host host, long pairs) {
        host.start();
        int count = (int) pairs - 1;
        host.adminOk(Commands.setFeature(FeatureId.NUMBER_OF_QUEUES, count << 16 | count));
        host.createPair((int) pairs, ENTRIES);
        Expect.refused(
                host.admin(completionQueue(host, (int) pairs + 1)),
                Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Clause(
            value = "Base §5.27.1.5",
            otherwise = "The number of queues changes under queues that exist.")
    void numberOfQueues_cannotChangeAfterTheFirstQueue(Host host) {
        host.start();
        host.createPair(1, ENTRIES);
        Expect.refused(
                host.admin(Commands.setFeature(FeatureId.NUMBER_OF_QUEUES, 3 << 16 | 3)),
                Status.COMMAND_SEQUENCE_ERROR);
    }

    @Clause(value = "Base §3.3.1", otherwise = "A driver cannot use all the queues it was granted.")
    void allQueuePairs_canBeCreatedUsedAndDeletedInAnyOrder(Host host) {
        host.start();
        HostQueue[] queues = new HostQueue[17];
        for (int i = 1; i <= 16; i++) {
            int id = i * 5 % 17;
            queues[id] = host.createPair(id, ENTRIES);
        }
        for (int id = 1; id <= 16; id++) {
            Expect.success(queues[id].run(Commands.flush(1)));
        }
        for (int i = 1; i <= 16; i++) {
            host.deletePair(queues[i * 7 % 17]);
        }
        Expect.success(host.createPair(9, ENTRIES).run(Commands.flush(1)));
    }

    // ---- Delete --------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.7",
            otherwise = "A driver that deletes the wrong queue is told that it succeeded.",
            values = {0, 2, 17, 0xFFFF})
    void deleteSubmissionQueue_refusesABadId(Host host, long id) {
        host.start().createPair(1, ENTRIES);
        Expect.refused(
                host.admin(Commands.deleteSubmissionQueue((int) id)),
                Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Clause(
            value = "Base §5.6",
            otherwise = "A driver that deletes the wrong queue is told that it succeeded.",
            values = {0, 2, 17, 0xFFFF})
    void deleteCompletionQueue_refusesABadId(Host host, long id) {
        host.start().createPair(1, ENTRIES);
        Expect.refused(
                host.admin(Commands.deleteCompletionQueue((int) id)),
                Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Clause(
            value = "Base §5.6",
            otherwise = "Commands of a submission queue have no queue to complete into.")
    void deleteCompletionQueue_refusesWhileItIsFed(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Expect.refused(
                host.admin(Commands.deleteCompletionQueue(1)), Status.INVALID_QUEUE_DELETION);
        Expect.success(queue.run(Commands.flush(1)));
        host.deletePair(queue);
    }

    @Clause(
            value = "Base §5.7",
            otherwise = "A queue can be deleted twice, the second time another's.")
    void delete_twice_isRefused(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        host.deletePair(queue);
        Expect.refused(
                host.admin(Commands.deleteSubmissionQueue(1)), Status.INVALID_QUEUE_IDENTIFIER);
        Expect.refused(
                host.admin(Commands.deleteCompletionQueue(1)), Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Clause(
            value = "Base §5.6",
            otherwise = "A completion queue with entries that nobody read cannot be deleted.")
    void deleteCompletionQueue_withUnreadEntriesSucceeds(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        queue.submit(Commands.flush(1));
        queue.expectCompletion();
        host.deletePair(queue);
    }

    // ---- queues in pages -----------------------------------------------------------------------

    @Clause(
            value = "Base §5.4",
            otherwise = "A driver with scattered memory is promised queues it cannot have.")
    void scatteredQueue_isRefusedWhereCqrSaysSo(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withContiguousQueuesRequired(true));
        Command completion = completionQueue(host, 1).cdw(11, 1 << 16 | 2);
        Expect.refused(host.admin(completion), Status.INVALID_FIELD_IN_COMMAND);
        host.adminOk(completionQueue(host, 1));
        Command submission = submissionQueue(host, 1, 1).cdw(11, 1 << 16);
        Expect.refused(host.admin(submission), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "Entries are fetched from, or posted to, the wrong page of a queue.",
            values = {2, 64, 65, 256, 1000, 1024})
    void scatteredQueue_worksRoundAllItsPages(Bench bench, long entries) {
        Host host = bench.start();
        ScatteredPair pair = ScatteredPair.create(host, 1, (int) entries);
        for (int i = 0; i < 2 * entries + 3; i++) {
            pair.runFlush();
        }
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A PRP List of more than one page is read past its end.",
            values = {32_768, 65_535, 65_536})
    void scatteredQueue_followsAChainedList(Bench bench, long entries) {
        Host host = bench.start(DeviceShape.DEFAULT.withQueueEntries(65_536));
        ScatteredPair pair = ScatteredPair.create(host, 1, (int) entries);
        pair.expectLastSlotsWork();
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "A queue is fetched from between two pages.",
            values = {0, 1})
    void scatteredQueue_refusesAMisalignedEntry(Host host, long entry) {
        host.start();
        host.adminOk(Commands.createCompletionQueue(1, 256, host.memory().pages(1), 1));
        long list = host.memory().pages(1);
        for (int i = 0; i < 4; i++) {
            host.memory().putLong(list + 8L * i, host.memory().pages(1));
        }
        host.memory().putLong(list + 8 * entry, host.memory().pages(1) + 0x100);
        Expect.refused(
                host.admin(Commands.createSubmissionQueue(1, 256, list, 1).cdw(11, 1 << 16)),
                Status.PRP_OFFSET_INVALID);
    }

    @Clause(
            value = "Base §5.5",
            otherwise = "A list that cannot be read gives a queue of old memory.")
    void scatteredQueue_failsWhereNoMemoryIs(Host host) {
        host.start();
        host.adminOk(Commands.createCompletionQueue(1, 256, host.memory().pages(1), 1));
        Expect.status(
                host.admin(
                        Commands.createSubmissionQueue(1, 256, host.memory().nowhere(), 1)
                                .cdw(11, 1 << 16)),
                Status.DATA_TRANSFER_ERROR);
        long list = host.memory().pages(1);
        host.memory().putLong(list, host.memory().nowhere());
        Expect.status(
                host.admin(Commands.createSubmissionQueue(1, 256, list, 1).cdw(11, 1 << 16)),
                Status.DATA_TRANSFER_ERROR);
    }

    @Clause(value = "Base §5.5", otherwise = "The pages between those of a queue are written to.")
    void scatteredQueue_leavesThePagesBetweenAlone(Host host) {
        host.start();
        ScatteredPair pair = ScatteredPair.create(host, 1, 512);
        Memory.Watch between = pair.watchPagesBetween();
        for (int i = 0; i < 1025; i++) {
            pair.runFlush();
        }
        between.expectUnchanged();
    }
}
