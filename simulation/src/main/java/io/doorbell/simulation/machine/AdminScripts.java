package io.doorbell.simulation.machine;

import io.doorbell.guest.HostWatcher;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.machine.Script.Sending;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Abort;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.InterruptCoalescing;
import io.doorbell.spec.feature.InterruptVectorConfiguration;
import io.doorbell.spec.feature.VolatileWriteCache;
import io.doorbell.spec.log.LogPageId;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What errands do on the admin queue. */
final class AdminScripts {
    private static final int PAGE = ErrandMemory.PAGE;
    private static final int SECOND_BUFFER = 36;
    private static final int GUARD = 77;
    private static final int NOBODYS_QUEUE = 0xFFFE;
    private static final int NO_COMMAND = 0xFFFE;
    private static final int WRONG_IN_A_ROW = 4;

    /** Where a page of data may begin in a page of memory. */
    private static final List<Integer> OFFSETS = List.of(0, 4, 512, 2048, PAGE - 4);

    private static final List<Integer> LOGS =
            List.of(
                    LogPageId.ERROR_INFORMATION,
                    LogPageId.SMART_HEALTH_INFORMATION,
                    LogPageId.FIRMWARE_SLOT_INFORMATION,
                    LogPageId.COMMANDS_SUPPORTED_AND_EFFECTS);
    private static final int LOG_BYTES = 512; // every one of them has so many

    private final ErrandMemory memory;
    private final int vectors;
    private final int spareQueue;
    private final int queuesMax;

    /**
     * @param spareQueue id of a queue pair that the host may create and does not use; 0: none
     * @param queuesMax queue pairs that the host was granted
     */
    AdminScripts(ErrandMemory memory, int vectors, int spareQueue, int queuesMax) {
        this.memory = memory;
        this.vectors = vectors;
        this.spareQueue = spareQueue;
        this.queuesMax = queuesMax;
    }

    /** Identify Controller twice: where drivers put it, and elsewhere. */
    Script identify(Errand errand) {
        Layout plain = Layout.plain(Identify.DATA_SIZE_BYTES);
        Layout shaped = new Layout(Identify.DATA_SIZE_BYTES, offset(errand.amount()), 1);
        return new Script(Script.ADMIN)
                .command(identify(plain, 0, Identify.CONTROLLER, 0), Status.SUCCESS)
                .prepare(() -> shaped.guard(memory, SECOND_BUFFER, GUARD))
                .command(
                        identify(shaped, SECOND_BUFFER, Identify.CONTROLLER, 0),
                        "the data differ from those at the start of a page, or lie in the wrong place",
                        () ->
                                Arrays.equals(
                                                plain.data(memory, 0),
                                                shaped.data(memory, SECOND_BUFFER))
                                        && shaped.isGuarded(memory, SECOND_BUFFER, GUARD));
    }

    /** Get Log Page, with or without letting go of its events. */
    Script getLog(Errand errand) {
        long amount = errand.amount();
        int page = LOGS.get((int) (amount % LOGS.size()));
        Layout layout = new Layout(LOG_BYTES, PAGE - LOG_BYTES / 2, 1);
        return new Script(Script.ADMIN)
                .prepare(() -> layout.guard(memory, 0, GUARD))
                .command(
                        entry -> {
                            entry.opcode(AdminOpcode.GET_LOG_PAGE)
                                    .namespaceId(NamespaceId.BROADCAST);
                            GetLogPage.logPageId(entry, page);
                            GetLogPage.lengthBytes(entry, LOG_BYTES);
                            GetLogPage.retainAsynchronousEvent(
                                    entry, amount / LOGS.size() % 2 == 1);
                            layout.describe(entry, memory, 0);
                        },
                        "the data lie in the wrong place",
                        () -> layout.isGuarded(memory, 0, GUARD));
    }

    /** A feature is set, and is what it was set to. */
    Script setFeature(Errand errand) {
        int amount = (int) (errand.amount() % 4096);
        int small = amount / 4;
        return switch (amount % 4) {
            case 0 ->
                    setAndGet(
                            FeatureId.INTERRUPT_COALESCING,
                            InterruptCoalescing.withThresholdZeroBased(
                                    InterruptCoalescing.withTime(0, small % 3), small % 5));
            case 1 ->
                    setAndGet(
                            FeatureId.INTERRUPT_VECTOR_CONFIGURATION,
                            InterruptVectorConfiguration.withCoalescingDisabled(
                                    InterruptVectorConfiguration.withVector(0, small % vectors),
                                    small % 2 == 0));
            case 2 ->
                    setAndGet(
                            FeatureId.VOLATILE_WRITE_CACHE,
                            VolatileWriteCache.withEnabled(0, small % 2 == 0));
            default ->
                    new Script(Script.ADMIN)
                            .command(
                                    set(FeatureId.NUMBER_OF_QUEUES, 0),
                                    Status.COMMAND_SEQUENCE_ERROR);
        };
    }

    private static Script setAndGet(int feature, int value) {
        return new Script(Script.ADMIN)
                .command(set(feature, value), Status.SUCCESS)
                .command(
                        entry -> {
                            entry.opcode(AdminOpcode.GET_FEATURES);
                            GetFeatures.featureId(entry, feature);
                            entry.cdw11(value); // says which vector; others do not look
                        },
                        "feature %02Xh is not what it was set to".formatted(feature),
                        result -> result == value);
    }

    private static Consumer<SubmissionEntry> set(int feature, int value) {
        return entry -> {
            entry.opcode(AdminOpcode.SET_FEATURES);
            SetFeatures.featureId(entry, feature);
            SetFeatures.value(entry, value);
        };
    }

    /** Create and Delete that must be refused, a few in a row. */
    Script wrongQueueCommands(Errand errand) {
        Script script = new Script(Script.ADMIN);
        for (int i = 0; i < WRONG_IN_A_ROW; i++) {
            addWrongQueueCommand(script, (int) ((errand.amount() + i) % 10));
        }
        return script;
    }

    private void addWrongQueueCommand(Script script, int which) {
        int nobodys = which % 2 == 0 ? queuesMax + 1 : NOBODYS_QUEUE;
        switch (which) {
            case 0 -> refused(script, createCompletionQueue(1));
            case 1 -> refused(script, createCompletionQueue(0));
            case 2, 3 -> refused(script, createCompletionQueue(nobodys));
            case 4, 5 -> refused(script, createSubmissionQueue(nobodys));
            case 6 -> refused(script, createSubmissionQueue(1));
            case 7 -> refused(script, delete(AdminOpcode.DELETE_IO_SUBMISSION_QUEUE, nobodys));
            case 8 -> refused(script, delete(AdminOpcode.DELETE_IO_SUBMISSION_QUEUE, 0));
            default ->
                    script.command(
                            delete(AdminOpcode.DELETE_IO_COMPLETION_QUEUE, 1),
                            Status.INVALID_QUEUE_DELETION);
        }
    }

    private static void refused(Script script, Consumer<SubmissionEntry> command) {
        script.command(command, Status.INVALID_QUEUE_IDENTIFIER);
    }

    /** The life of a queue pair, with what must be refused at each point; null if there is none. */
    @Nullable Script spareQueues() {
        if (spareQueue == 0) {
            return null;
        }
        Consumer<SubmissionEntry> completions = createCompletionQueue(spareQueue);
        Consumer<SubmissionEntry> submissions =
                createSubmissionQueue(spareQueue)
                        .andThen(
                                entry ->
                                        CreateSubmissionQueue.completionQueueId(entry, spareQueue));
        Consumer<SubmissionEntry> deleteCompletions =
                delete(AdminOpcode.DELETE_IO_COMPLETION_QUEUE, spareQueue);
        Consumer<SubmissionEntry> deleteSubmissions =
                delete(AdminOpcode.DELETE_IO_SUBMISSION_QUEUE, spareQueue);
        return new Script(Script.ADMIN)
                .command(submissions, Status.COMPLETION_QUEUE_INVALID)
                .command(
                        completions.andThen(
                                entry -> {
                                    CreateCompletionQueue.interruptsEnabled(entry, true);
                                    CreateCompletionQueue.interruptVector(entry, vectors);
                                }),
                        Status.INVALID_INTERRUPT_VECTOR)
                .command(
                        completions.andThen(
                                entry -> CreateCompletionQueue.queueSizeZeroBased(entry, 0)),
                        Status.INVALID_QUEUE_SIZE)
                .command(
                        completions.andThen(
                                entry -> CreateCompletionQueue.physicallyContiguous(entry, false)),
                        Status.INVALID_FIELD_IN_COMMAND)
                .command(
                        completions.andThen(
                                entry -> CreateCompletionQueue.base(entry, memory.page(0) + 8)),
                        Status.PRP_OFFSET_INVALID)
                .prepare(() -> memory.write(memory.page(0), new byte[PAGE]))
                .command(completions, Status.SUCCESS)
                .command(completions, Status.INVALID_QUEUE_IDENTIFIER)
                .command(
                        submissions.andThen(
                                entry -> CreateSubmissionQueue.queueSizeZeroBased(entry, 0xFFFF)),
                        Status.INVALID_QUEUE_SIZE)
                .command(submissions, Status.SUCCESS)
                .command(submissions, Status.INVALID_QUEUE_IDENTIFIER)
                .command(deleteCompletions, Status.INVALID_QUEUE_DELETION)
                .command(deleteSubmissions, Status.SUCCESS)
                .command(deleteSubmissions, Status.INVALID_QUEUE_IDENTIFIER)
                .command(deleteCompletions, Status.SUCCESS)
                .command(deleteCompletions, Status.INVALID_QUEUE_IDENTIFIER);
    }

    private Consumer<SubmissionEntry> createCompletionQueue(int queueId) {
        return entry -> {
            entry.opcode(AdminOpcode.CREATE_IO_COMPLETION_QUEUE);
            CreateCompletionQueue.base(entry, memory.page(0));
            CreateCompletionQueue.queueId(entry, queueId);
            CreateCompletionQueue.entryCount(entry, 2);
            CreateCompletionQueue.physicallyContiguous(entry, true);
        };
    }

    private Consumer<SubmissionEntry> createSubmissionQueue(int queueId) {
        return entry -> {
            entry.opcode(AdminOpcode.CREATE_IO_SUBMISSION_QUEUE);
            CreateSubmissionQueue.base(entry, memory.page(1));
            CreateSubmissionQueue.queueId(entry, queueId);
            CreateSubmissionQueue.entryCount(entry, 2);
            CreateSubmissionQueue.physicallyContiguous(entry, true);
            CreateSubmissionQueue.completionQueueId(entry, 1);
        };
    }

    private static Consumer<SubmissionEntry> delete(int opcode, int queueId) {
        return entry -> DeleteQueue.queueId(entry.opcode(opcode), queueId);
    }

    /** Commands that are not there, or are not like this. */
    Script wrongAdminCommand(Errand errand) {
        Script script = new Script(Script.ADMIN);
        Layout page = Layout.plain(PAGE);
        return switch ((int) (errand.amount() % 6)) {
            case 0 -> script.command(entry -> entry.opcode(0xC5), Status.INVALID_COMMAND_OPCODE);
            case 1 ->
                    script.command(
                            entry -> entry.opcode(AdminOpcode.FABRICS),
                            Status.INVALID_COMMAND_OPCODE);
            case 2 -> script.command(identify(page, 0, 0xEE, 0), Status.INVALID_FIELD_IN_COMMAND);
            case 3 ->
                    script.command(
                            identify(page, 0, Identify.NAMESPACE, 0x7777),
                            Status.INVALID_NAMESPACE_OR_FORMAT);
            case 4 ->
                    script.command(
                            entry -> {
                                entry.opcode(AdminOpcode.GET_LOG_PAGE).prp1(memory.page(0));
                                GetLogPage.logPageId(entry, 0xEE);
                                GetLogPage.lengthBytes(entry, LOG_BYTES);
                            },
                            Status.INVALID_LOG_PAGE);
            default ->
                    script.command(
                            set(FeatureId.NAMESPACE_METADATA, 0), Status.INVALID_FIELD_IN_COMMAND);
        };
    }

    /**
     * Abort of a command that a moment ago was submitted, or of one that never was.
     *
     * @param host told that it is meant
     */
    Script abort(Moments.Recent target, HostWatcher host) {
        boolean unknown = target.commandId() == NO_COMMAND;
        return new Script(Script.ADMIN)
                .prepare(() -> host.abortSent(target.queueId(), target.commandId()))
                .add(
                        Sending.SINGLY,
                        List.of(
                                entry -> {
                                    entry.opcode(AdminOpcode.ABORT);
                                    Abort.queueId(entry, target.queueId());
                                    Abort.commandId(entry, target.commandId());
                                }),
                        endings -> {
                            String wrong =
                                    Script.wrongStatus(
                                            endings.getFirst(),
                                            Status.SUCCESS,
                                            Status.ABORT_COMMAND_LIMIT_EXCEEDED);
                            boolean aborted =
                                    (endings.getFirst().result() & 1) == Abort.RESULT_ABORTED;
                            return wrong.isEmpty() && unknown && aborted
                                    ? "a command was aborted that was never sent"
                                    : wrong;
                        });
    }

    /** Requests for events, which stay until there are some. */
    Script requestEvents(Errand errand) {
        return new Script(Script.ADMIN)
                .add(
                        Sending.ENDLESS,
                        Collections.nCopies(
                                Math.clamp(errand.amount(), 1, 8),
                                entry -> entry.opcode(AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST)),
                        _ -> "");
    }

    private Consumer<SubmissionEntry> identify(
            Layout layout, int buffer, int structure, int namespaceId) {
        return entry -> {
            entry.opcode(AdminOpcode.IDENTIFY).namespaceId(namespaceId);
            Identify.structure(entry, structure);
            layout.describe(entry, memory, buffer);
        };
    }

    private static int offset(long amount) {
        return OFFSETS.get((int) (amount % OFFSETS.size()));
    }
}
