package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** How entries are fetched and posted (Base §3.3). */
@Chapter("Queues")
final class QueueTests {
    private static final int ENTRIES = 16;
    private static final long MILLISECOND_NANOS = 1_000_000;

    // ---- completion entries --------------------------------------------------------------------

    @Clause(
            value = "Base §3.3.3.2",
            otherwise = "A driver cannot tell whose completion it sees.",
            values = {0, 1, 0x001F, 0x1005, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF})
    void commandId_ofAnyValueComesBack(Host host, long id) {
        HostQueue queue = host.start().createPair(3, ENTRIES);
        Completion completion = queue.run(Commands.flush(1).commandId((int) id));
        Expect.equal("CID", completion.commandId(), id);
        Expect.equal("SQID", completion.submissionQueueId(), 3);
        Expect.success(completion);
    }

    @Clause(
            value = "Base §3.3.3.2",
            otherwise = "A driver that trusts SQHD overwrites entries that were not fetched.",
            values = {2, 3, 16, 64})
    void sqhd_followsTheFetchedEntriesRoundTheQueue(Host host, long entries) {
        HostQueue queue = host.start().createPair(1, (int) entries, 64, 1);
        for (int i = 1; i <= 3 * entries; i++) {
            Completion completion = queue.run(Commands.flush(1));
            Expect.equal("SQHD after " + i, completion.submissionHead(), i % entries);
        }
    }

    @Clause(
            value = "Base §3.3.3.2",
            otherwise = "A driver takes an old entry for a new one after a lap.",
            values = {2, 3, 4, 16, 63})
    void phaseTag_isOneInTheFirstLapAndTurnsWithEach(Host host, long entries) {
        HostQueue queue = host.start().createPair(1, 64, (int) entries, 1);
        for (int i = 0; i < 4 * entries; i++) {
            boolean first = i / entries % 2 == 0;
            Completion completion = queue.run(Commands.flush(1));
            Expect.that("phase tag of completion " + i, completion.phase() == first);
        }
    }

    @Clause(
            value = "Base §3.3.3.2",
            otherwise = "A driver that reads DW1 or DW0 of a plain command acts on rubbish.")
    void resultOfAPlainCommand_isZero(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        host.memory().fill(queue.completionBase(), ENTRIES * 16, 0x00);
        Completion completion = queue.run(Commands.flush(1));
        Expect.equal("DW0", completion.dw0(), 0);
        Expect.equal("DW1", completion.dw1(), 0);
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "The controller writes over slots it has nothing to post to.")
    void slotsWithoutCompletion_areNotWritten(Host host) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES);
        queue.run(Commands.flush(1));
        Memory.Watch rest = host.memory().watch(queue.completionBase() + 16, (ENTRIES - 1) * 16);
        host.elapse(100 * MILLISECOND_NANOS);
        rest.expectUnchanged();
    }

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "The controller writes into memory that belongs to the driver.")
    void submissionQueue_isNeverWritten(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        for (int i = 0; i < 5; i++) {
            queue.put(Commands.flush(1));
        }
        Memory.Watch entries = host.memory().watch(queue.submissionBase(), ENTRIES * 64);
        queue.ring();
        for (int i = 0; i < 5; i++) {
            queue.expectCompletion();
        }
        entries.expectUnchanged();
    }

    // ---- a full completion queue ---------------------------------------------------------------

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "Completions that the driver has not read are overwritten, or lost.",
            values = {2, 3, 5, 16})
    void fullCompletionQueue_holdsWhatIsLeft(Host host, long completionEntries) {
        host.start();
        HostQueue queue = host.createPair(1, 64, (int) completionEntries, 1);
        Set<Integer> expected = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            expected.add(queue.put(Commands.flush(1)));
        }
        queue.ring();
        host.elapse(MILLISECOND_NANOS);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < completionEntries - 1; i++) {
            seen.add(queue.expectCompletion().commandId());
        }
        queue.expectNoCompletion(MILLISECOND_NANOS);
        queue.ringHead();
        while (seen.size() < 40) {
            seen.add(queue.expectCompletion().commandId());
            queue.ringHead();
        }
        Expect.that("each command completed", seen.equals(expected));
        queue.expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "One stuck consumer stops every queue of the controller.")
    void fullCompletionQueue_doesNotStopOthers(Host host) {
        host.start();
        HostQueue full = host.createPair(1, ENTRIES, 2, 1);
        HostQueue other = host.createPair(2, ENTRIES);
        for (int i = 0; i < 10; i++) {
            full.submit(Commands.flush(1));
        }
        for (int i = 0; i < 40; i++) {
            Expect.success(other.run(Commands.flush(1)));
        }
        Expect.success(host.admin(Commands.getFeature(7)));
    }

    @Clause(
            value = "Base §5",
            level = Level.SHOULD,
            otherwise = "A driver cannot delete a queue whose completions it no longer reads.")
    void fullCompletionQueue_canBeDeletedWithItsSubmissionQueue(Host host) {
        host.start();
        HostQueue full = host.createPair(1, ENTRIES, 2, 1);
        for (int i = 0; i < 10; i++) {
            full.submit(Commands.flush(1));
        }
        host.elapse(MILLISECOND_NANOS);
        host.deletePair(full);
        HostQueue again = host.createPair(1, ENTRIES);
        Expect.success(again.run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "The admin queue loses completions when the driver is slow.")
    void fullAdminCompletionQueue_holdsWhatIsLeft(Host host) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(32, 4);
        host.enable(Host.CC_ENABLE);
        Set<Integer> expected = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            expected.add(host.adminQueue().put(Commands.getFeature(7)));
        }
        host.adminQueue().ring();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            seen.add(host.adminQueue().expectCompletion().commandId());
            host.adminQueue().ringHead();
        }
        Expect.that("each command completed", seen.equals(expected));
    }

    // ---- shared completion queues --------------------------------------------------------------

    @Clause(
            value = "Base §3.3.1",
            otherwise = "A driver with more submission than completion queues loses commands.",
            values = {2, 4, 16})
    void sharedCompletionQueue_servesAllItsSubmissionQueues(Host host, long count) {
        host.start();
        HostQueue shared = host.createPair(1, ENTRIES, 64, 1);
        Set<Integer> expected = new HashSet<>();
        expected.add(1 << 16 | shared.submit(Commands.flush(1)));
        for (int id = 2; id <= count; id++) {
            HostQueue queue = host.describe(id, 1, ENTRIES, 2);
            host.adminOk(Commands.createSubmissionQueue(id, ENTRIES, queue.submissionBase(), 1));
            for (int i = 0; i < 3; i++) {
                expected.add(id << 16 | queue.submit(Commands.flush(1)));
            }
        }
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < expected.size(); i++) {
            Completion completion = shared.expectCompletion();
            seen.add(completion.submissionQueueId() << 16 | completion.commandId());
            shared.ringHead();
        }
        Expect.that("each command of each queue completed", seen.equals(expected));
    }

    @Clause(value = "Base §3.3.3.2", otherwise = "SQHD of one queue is taken for that of another.")
    void sharedCompletionQueue_tellsTheHeadOfTheRightQueue(Host host) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES, 64, 1);
        HostQueue second = host.describe(2, 1, 8, 2);
        host.adminOk(Commands.createSubmissionQueue(2, 8, second.submissionBase(), 1));
        for (int i = 1; i <= 20; i++) {
            boolean useFirst = i % 3 == 0;
            (useFirst ? first : second).submit(Commands.flush(1));
            Completion completion = first.expectCompletion();
            first.ringHead();
            HostQueue queue = useFirst ? first : second;
            Expect.equal("SQID", completion.submissionQueueId(), queue.id());
            Expect.equal("SQHD", completion.submissionHead(), queue.tail());
        }
    }

    @Clause(
            value = "Base §5.6",
            otherwise = "Deleting one submission queue takes completions of another with it.")
    void sharedCompletionQueue_outlivesOneOfItsSubmissionQueues(Host host) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES, 64, 1);
        HostQueue second = host.describe(2, 1, ENTRIES, 2);
        host.adminOk(Commands.createSubmissionQueue(2, ENTRIES, second.submissionBase(), 1));
        second.submit(Commands.flush(1));
        Expect.equal("SQID", first.expectCompletion().submissionQueueId(), 2);
        first.ringHead();
        host.adminOk(Commands.deleteSubmissionQueue(2));
        Expect.success(first.run(Commands.flush(1)));
        Expect.refused(
                host.admin(Commands.deleteCompletionQueue(1)), Status.INVALID_QUEUE_DELETION);
    }

    // ---- deletion ------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.7",
            otherwise = "A completion of a deleted queue overwrites memory in use again.",
            values = {1, 5, 15})
    void deletedSubmissionQueue_postsNothingMore(Host host, long commands) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES, 64, 1);
        for (int i = 0; i < commands; i++) {
            queue.submit(Commands.flush(1));
        }
        host.adminOk(Commands.deleteSubmissionQueue(1));
        Memory.Watch entries = host.memory().watch(queue.completionBase(), 64 * 16);
        host.elapse(100 * MILLISECOND_NANOS);
        entries.expectUnchanged();
    }

    @Clause(
            value = "Base §5.7",
            otherwise = "What waited for room is posted for a queue that is gone.")
    void deletedSubmissionQueue_leavesNothingThatWaitsForRoom(Host host) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES, 4, 1);
        for (int i = 0; i < 10; i++) {
            queue.put(Commands.flush(1));
        }
        queue.ring();
        host.elapse(MILLISECOND_NANOS);
        host.adminOk(Commands.deleteSubmissionQueue(1));
        for (int i = 0; i < 3; i++) {
            queue.expectCompletion();
            queue.ringHead();
        }
        queue.expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §5.7",
            otherwise = "A driver that deletes a queue under load waits for ever.",
            values = {1, 2, 3, 4, 5, 6, 7, 8})
    void deletion_underLoadEnds(Host host, long round) {
        host.start();
        HostQueue queue = host.createPair(1, 64, 4, 1);
        for (int i = 0; i < 8 * round - 1; i++) {
            queue.put(Commands.write(1, i, 1, host.memory().pages(1)));
        }
        queue.ring();
        host.elapse(round * 100);
        host.deletePair(queue);
        Expect.success(host.createPair(1, ENTRIES).run(Commands.flush(1)));
    }

    @Clause(
            value = "Base §5.4",
            otherwise = "A queue that is created again goes on where the old one stopped.",
            values = {1, 2, 3})
    void queueCreatedAgain_startsAtSlotZeroWithPhaseOne(Host host, long times) {
        host.start();
        for (int i = 0; i < times; i++) {
            HostQueue queue = host.createPair(1, ENTRIES);
            for (int n = 0; n < 5 + i; n++) {
                queue.run(Commands.flush(1));
            }
            host.deletePair(queue);
        }
        HostQueue queue = host.createPair(1, ENTRIES);
        queue.submit(Commands.flush(1));
        host.expect("a completion in slot 0", () -> queue.entry(0).phase());
        Expect.equal("SQHD", queue.entry(0).submissionHead(), 1);
    }

    @Clause(
            value = "Base §5.7",
            otherwise = "A driver cannot use the same memory for the next queue.")
    void queueCreatedAgain_worksInTheSameMemory(Host host) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES);
        for (int i = 0; i < 5; i++) {
            queue.run(Commands.flush(1));
        }
        host.deletePair(queue);
        host.memory().fill(queue.completionBase(), ENTRIES * 16, 0);
        host.adminOk(Commands.createCompletionQueue(1, ENTRIES, queue.completionBase(), 1));
        host.adminOk(Commands.createSubmissionQueue(1, ENTRIES, queue.submissionBase(), 1));
        host.elapse(MILLISECOND_NANOS);
        Expect.that("nothing is posted by itself", !queue.entry(0).phase());
        queue.putAt(0, Commands.flush(1), 77);
        host.ringSubmission(1, 1);
        host.expect("a completion in slot 0", () -> queue.entry(0).phase());
        Expect.equal("CID", queue.entry(0).commandId(), 77);
    }

    // ---- sizes ---------------------------------------------------------------------------------

    @Clause(
            value = "Base §3.3.3",
            otherwise = "A driver that uses the largest queue it is offered loses commands.",
            values = {2, 3, 4, 255, 256, 257, 1024})
    void ioQueue_ofEachSizeWorks(Host host, long entries) {
        HostQueue queue = host.start().createPair(1, (int) entries);
        for (int i = 0; i < 2 * entries + 1; i++) {
            Expect.success(queue.run(Commands.flush(1)));
        }
    }

    @Clause(
            value = "Base §3.1.3.1",
            otherwise = "CAP.MQES promises queues that do not work.",
            values = {4096, 65_535, 65_536})
    void ioQueue_ofTheLargestSizeWorks(Bench bench, long entries) {
        Host host = bench.start(DeviceShape.DEFAULT.withQueueEntries((int) entries));
        HostQueue queue = host.createPair(1, (int) entries);
        int step = (int) entries / 8 + 1;
        for (int done = 0; done < entries + step; done += step) {
            for (int i = 0; i < step; i++) {
                queue.put(Commands.flush(1));
            }
            queue.ring();
            for (int i = 0; i < step; i++) {
                Expect.success(queue.expectCompletion());
            }
            queue.ringHead();
        }
    }

    @Clause(
            value = "Base §3.1.3.8",
            otherwise = "A driver that sizes its admin queue at the limit is not served.",
            values = {2, 3, 4095, 4096})
    void adminQueue_ofEachSizeWorks(Host host, long entries) {
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin((int) entries, (int) entries);
        host.enable(Host.CC_ENABLE);
        for (int i = 0; i < entries + 3; i++) {
            Expect.success(host.admin(Commands.getFeature(7)));
        }
    }

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A host with large pages finds no controller.",
            values = {0, 1, 2, 3, 4})
    void memoryPageSize_ofEachSizeIsHonoured(Host host, long mps) {
        int pageBytes = Memory.PAGE_BYTES << mps;
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(8, 8, pageBytes);
        host.enable(Host.CC_ENABLE | (int) mps << 7);
        long queue = host.memory().aligned(pageBytes, pageBytes);
        host.adminOk(Commands.createCompletionQueue(1, 16, queue, 1));
        Expect.refused(
                host.admin(Commands.createCompletionQueue(2, 16, queue + pageBytes / 2, 2)),
                Status.PRP_OFFSET_INVALID);
    }

    // ---- order ---------------------------------------------------------------------------------

    @Clause(
            value = "Base §3.3.1",
            otherwise = "The controller fetches entries twice or leaves one out.",
            values = {1, 2, 3, 4, 5})
    void everyCommand_completesExactlyOnce(Host host, long seed) {
        HostQueue queue = host.start().createPair(1, 32);
        Random random = new Random(seed);
        Set<Integer> outstanding = new HashSet<>();
        int submitted = 0;
        while (submitted < 500 || !outstanding.isEmpty()) {
            int batch = Math.min(500 - submitted, random.nextInt(32 - outstanding.size()));
            for (int i = 0; i < batch; i++) {
                outstanding.add(queue.put(Commands.flush(1)));
            }
            if (batch > 0) {
                queue.ring();
            }
            submitted += batch;
            int consume = random.nextInt(outstanding.size() + 1);
            for (int i = 0; i < consume; i++) {
                Completion completion = queue.expectCompletion();
                Expect.that(
                        completion + " was outstanding",
                        outstanding.remove(completion.commandId()));
            }
            if (consume > 0) {
                queue.ringHead();
            }
        }
    }

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "A command that was changed after its completion is executed again.")
    void fetchedEntry_mayBeReused(Host host) {
        HostQueue queue = host.start().createPair(1, 4);
        for (int i = 0; i < 12; i++) {
            Completion completion = queue.run(Commands.flush(1));
            Expect.success(completion);
            queue.putAt(
                    (queue.tail() + 3) % 4,
                    Command.of(NvmOpcode.READ).nsid(0x1234),
                    0xDEAD); // the slot just used
        }
        queue.expectNoCompletion(MILLISECOND_NANOS);
    }

    @Clause(
            value = "Base §3.1.3.9",
            otherwise = "The driver finds its admin queue in another place than it asked for.")
    void adminQueue_liesWhereAsqAndAcqSay(Host host) {
        host.start();
        Expect.equal("ASQ", host.read64(Registers.ASQ), host.adminQueue().submissionBase());
        Expect.equal("ACQ", host.read64(Registers.ACQ), host.adminQueue().completionBase());
        Memory.Watch beyond =
                host.memory().watch(host.adminQueue().completionBase() + 32 * 16, 4096 - 32 * 16);
        for (int i = 0; i < 70; i++) {
            Expect.success(host.admin(Commands.getFeature(7)));
        }
        beyond.expectUnchanged();
    }
}
