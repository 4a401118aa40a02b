package io.doorbell.controller.admin;

import static io.doorbell.controller.TestHost.assertStatus;
import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.Completion;
import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestMemory;
import io.doorbell.controller.TestQueue;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Create and Delete I/O Queue with every way to fail (Base §5.4 to §5.7). */
class QueueCommandsTest {
    private final TestHost host = TestHost.start();

    @BeforeEach
    void enable() {
        host.enable();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void createCompletionQueue_badIdentifier() {
        host.createQueuePair(3, 8);
        for (int id : new int[] {0, 3, 17, 0xFFFF}) {
            assertRefused(
                    createCompletion(1, entry -> CreateCompletionQueue.queueId(entry, id)),
                    Status.INVALID_QUEUE_IDENTIFIER);
        }
    }

    @Test
    void createCompletionQueue_badSize() {
        for (int zeroBased : new int[] {0, 1024, 0xFFFF}) {
            assertRefused(
                    createCompletion(
                            1, entry -> CreateCompletionQueue.queueSizeZeroBased(entry, zeroBased)),
                    Status.INVALID_QUEUE_SIZE);
        }
        assertSuccess(
                createCompletion(
                        1, entry -> CreateCompletionQueue.queueSizeZeroBased(entry, 1023)));
        assertSuccess(
                createCompletion(2, entry -> CreateCompletionQueue.queueSizeZeroBased(entry, 1)));
    }

    @Test
    void createCompletionQueue_badVectorOnlyIfInterruptsAreEnabled() {
        assertRefused(
                createCompletion(1, entry -> CreateCompletionQueue.interruptVector(entry, 17)),
                Status.INVALID_INTERRUPT_VECTOR);
        assertSuccess(
                createCompletion(
                        1,
                        entry -> {
                            CreateCompletionQueue.interruptVector(entry, 17);
                            CreateCompletionQueue.interruptsEnabled(entry, false);
                        }));
    }

    @Test
    void createCompletionQueue_badMemory() {
        long base = host.memory().pages(2);
        assertRefused(
                createCompletion(1, entry -> CreateCompletionQueue.base(entry, base + 0x100)),
                Status.PRP_OFFSET_INVALID);
        assertStatus(
                createCompletion(1, entry -> CreateCompletionQueue.base(entry, TestMemory.NOWHERE)),
                Status.DATA_TRANSFER_ERROR);
        assertStatus(
                createCompletion(
                        1,
                        entry -> {
                            CreateCompletionQueue.queueSizeZeroBased(entry, 1023);
                            CreateCompletionQueue.base(entry, TestMemory.end() - 4096);
                        }),
                Status.DATA_TRANSFER_ERROR);
        assertSuccess(createCompletion(1, _ -> {}));
    }

    @Test
    void completionQueueInReadOnlyMemory_isATransferErrorButASubmissionQueueIsFine() {
        long rom = host.memory().addReadOnlyPage();
        assertStatus(
                createCompletion(1, entry -> CreateCompletionQueue.base(entry, rom)),
                Status.DATA_TRANSFER_ERROR);
        assertSuccess(createCompletion(1, _ -> {}));
        assertSuccess(createSubmission(1, 1, entry -> CreateSubmissionQueue.base(entry, rom)));
    }

    @Test
    void createSubmissionQueue_badIdentifiers() {
        host.createQueuePair(3, 8);
        for (int id : new int[] {0, 3, 17, 0xFFFF}) {
            assertRefused(
                    createSubmission(1, 3, entry -> CreateSubmissionQueue.queueId(entry, id)),
                    Status.INVALID_QUEUE_IDENTIFIER);
        }
        for (int id : new int[] {0, 17, 0xFFFF}) {
            assertRefused(createSubmission(1, id, _ -> {}), Status.INVALID_QUEUE_IDENTIFIER);
        }
        assertRefused(createSubmission(1, 4, _ -> {}), Status.COMPLETION_QUEUE_INVALID);
    }

    @Test
    void createSubmissionQueue_badSizeOrMemory() {
        host.createQueuePair(3, 8);
        for (int zeroBased : new int[] {0, 1024, 0xFFFF}) {
            assertRefused(
                    createSubmission(
                            1,
                            3,
                            entry -> CreateSubmissionQueue.queueSizeZeroBased(entry, zeroBased)),
                    Status.INVALID_QUEUE_SIZE);
        }
        assertRefused(
                createSubmission(1, 3, entry -> CreateSubmissionQueue.base(entry, 0x10_0040)),
                Status.PRP_OFFSET_INVALID);
        assertStatus(
                createSubmission(
                        1, 3, entry -> CreateSubmissionQueue.base(entry, TestMemory.NOWHERE)),
                Status.DATA_TRANSFER_ERROR);
    }

    /**
     * CC.IOSQES and IOCQES may be set after enabling, and must be before the first queue. The
     * command once overtook the register write before it, now and then.
     */
    @RepeatedTest(20)
    void entrySizesNotSet_isInvalidQueueSizeUntilTheyAre() {
        host.disable();
        host.programAdminQueues();
        host.writeRegister32(Registers.CC, 1);
        host.awaitReady(true);
        assertRefused(createCompletion(1, _ -> {}), Status.INVALID_QUEUE_SIZE);
        host.writeRegister32(Registers.CC, 0x0040_0001);
        assertSuccess(createCompletion(1, _ -> {}));
        assertRefused(createSubmission(1, 1, _ -> {}), Status.INVALID_QUEUE_SIZE);
        host.writeRegister32(Registers.CC, TestHost.ENABLE);
        assertSuccess(createSubmission(1, 1, _ -> {}));
    }

    @Test
    void deleteQueues_badIdentifierOrOrder() {
        host.createQueuePair(3, 8);
        for (int id : new int[] {0, 1, 17, 0xFFFF}) {
            assertRefused(host.deleteSubmissionQueue(id), Status.INVALID_QUEUE_IDENTIFIER);
            assertRefused(host.deleteCompletionQueue(id), Status.INVALID_QUEUE_IDENTIFIER);
        }
        assertRefused(host.deleteCompletionQueue(3), Status.INVALID_QUEUE_DELETION);
        assertSuccess(host.deleteSubmissionQueue(3));
        assertRefused(host.deleteSubmissionQueue(3), Status.INVALID_QUEUE_IDENTIFIER);
        assertSuccess(host.deleteCompletionQueue(3));
        assertRefused(host.deleteCompletionQueue(3), Status.INVALID_QUEUE_IDENTIFIER);
    }

    @Test
    void deletedQueues_canBeCreatedAgainAndStartAtZero() {
        for (int round = 0; round < 5; round++) {
            TestQueue queue = host.createQueuePair(2, 8);
            for (int command = 0; command < 5; command++) {
                assertSuccess(host.run(queue, IoCommand::flush));
            }
            assertSuccess(host.deleteSubmissionQueue(2));
            assertSuccess(host.deleteCompletionQueue(2));
        }
    }

    /** Linux deletes all its queues at once; so do we, all at one ring. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void allQueuesDeletedInParallel_eachIsAnswered(int reactors) {
        try (TestHost many = TestHost.machine().reactors(reactors).start()) {
            many.enable();
            for (int id = 1; id <= 16; id++) {
                many.createQueuePair(id, 8);
            }
            for (int opcode :
                    new int[] {
                        AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                        AdminOpcode.DELETE_IO_COMPLETION_QUEUE
                    }) {
                List<Consumer<SubmissionEntry>> deletes = new ArrayList<>();
                for (int id = 1; id <= 16; id++) {
                    int queueId = id;
                    deletes.add(entry -> DeleteQueue.queueId(entry.opcode(opcode), queueId));
                }
                runTogether(many, deletes).forEach(TestHost::assertSuccess);
            }
            assertSuccess(many.run(many.createQueuePair(5, 8), IoCommand::flush));
        }
    }

    /** The delete overtakes the create, is refused, and must not make the queue immortal. */
    @Test
    void deleteSentWithCreate_isRefusedAndDoesNotHinderALaterDelete() {
        TestQueue queue = host.describeQueue(1, 1, 8, 1);
        assertSuccess(host.admin(entry -> TestHost.createCompletionQueue(entry, queue)));
        List<Completion> both =
                runTogether(
                        host,
                        List.of(
                                entry -> TestHost.createSubmissionQueue(entry, queue),
                                entry ->
                                        DeleteQueue.queueId(
                                                entry.opcode(
                                                        AdminOpcode.DELETE_IO_SUBMISSION_QUEUE),
                                                1)));
        assertThat(both)
                .extracting(Completion::code)
                .containsExactlyInAnyOrder(Status.SUCCESS, Status.INVALID_QUEUE_IDENTIFIER);
        assertSuccess(host.deleteSubmissionQueue(1));
        assertSuccess(host.deleteCompletionQueue(1));
    }

    @Test
    void sameIdCreatedTwiceAtOnce_succeedsOnce() {
        TestQueue queue = host.describeQueue(1, 1, 8, 1);
        assertThat(
                        runTogether(
                                host,
                                List.of(
                                        entry -> TestHost.createCompletionQueue(entry, queue),
                                        entry -> TestHost.createCompletionQueue(entry, queue))))
                .extracting(Completion::code)
                .containsExactlyInAnyOrder(Status.SUCCESS, Status.INVALID_QUEUE_IDENTIFIER);
    }

    /** Queue ids 1 and 2 live on different shards; what feeds a queue lives with it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void severalSubmissionQueuesOnOneCompletionQueue_allComplete(int reactors) {
        try (TestHost many = TestHost.machine().reactors(reactors).start()) {
            many.enable();
            TestQueue first = many.createQueuePair(1, 64);
            List<TestQueue> feeders = new ArrayList<>(List.of(first));
            for (int id = 2; id <= 6; id++) {
                TestQueue feeder = many.describeQueue(id, 1, 64, 1);
                assertSuccess(many.admin(entry -> TestHost.createSubmissionQueue(entry, feeder)));
                feeders.add(feeder);
            }
            for (int round = 0; round < 20; round++) {
                Set<String> expected = new HashSet<>();
                for (TestQueue feeder : feeders) {
                    for (int command = 0; command < 5; command++) {
                        expected.add(feeder.submissionId + ":" + feeder.put(IoCommand::flush));
                    }
                    many.ring(feeder);
                }
                while (!expected.isEmpty()) {
                    Completion completion = many.await(first);
                    assertSuccess(completion);
                    assertThat(expected.remove(completion.sqId() + ":" + completion.commandId()))
                            .isTrue();
                }
            }
            for (TestQueue feeder : feeders) {
                assertRefused(many.deleteCompletionQueue(1), Status.INVALID_QUEUE_DELETION);
                assertSuccess(many.deleteSubmissionQueue(feeder.submissionId));
            }
            assertSuccess(many.deleteCompletionQueue(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyDoorbellStride_works(int stride) {
        try (TestHost other = TestHost.machine().stride(stride).queuePairs(4).start()) {
            other.enable();
            for (int id = 4; id >= 1; id--) {
                TestQueue queue = other.createQueuePair(id, 4);
                for (int command = 0; command < 9; command++) {
                    assertSuccess(other.run(queue, IoCommand::flush));
                }
            }
            assertThat(other.counters().invalidRings).isZero();
        }
    }

    private static List<Completion> runTogether(
            TestHost host, List<Consumer<SubmissionEntry>> commands) {
        commands.forEach(host.admin()::put);
        host.ring(host.admin());
        List<Completion> completions = new ArrayList<>();
        commands.forEach(_ -> completions.add(host.await(host.admin())));
        return completions;
    }

    private Completion createCompletion(int id, Consumer<SubmissionEntry> change) {
        TestQueue queue = host.describeQueue(id, id, 1024, 1);
        return host.admin(
                entry -> {
                    TestHost.createCompletionQueue(entry, queue);
                    CreateCompletionQueue.queueSizeZeroBased(entry, 7);
                    change.accept(entry);
                });
    }

    private Completion createSubmission(
            int id, int completionId, Consumer<SubmissionEntry> change) {
        TestQueue queue = host.describeQueue(id, completionId, 1024, 1);
        return host.admin(
                entry -> {
                    TestHost.createSubmissionQueue(entry, queue);
                    CreateSubmissionQueue.queueSizeZeroBased(entry, 7);
                    change.accept(entry);
                });
    }

    private static void assertRefused(Completion completion, int code) {
        assertStatus(completion, code);
        assertThat(completion.doNotRetry()).as("DNR").isTrue();
    }
}
