package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Creates the I/O queue pairs one after another: completion queue, then submission queue. */
final class QueuePairs {
    /** Where a pair's queues lie. */
    private record Bases(long submission, long completion) {}

    private final ActorContext<HostMessage> context;
    private final GuestSettings settings;
    private final GuestSettings.Machine machine;
    private final InterruptSetup interrupts;
    private final AdminCommands commands;
    private final int doorbellStride;
    private final List<ActorRef<HostMessage>> queues = new ArrayList<>();
    private final Map<Integer, ActorRef<HostMessage>> handlers = new TreeMap<>(); // by vector
    private int submissionQueuesCreated;
    private int completionQueuesCreated;

    QueuePairs(
            ActorContext<HostMessage> context,
            GuestSettings settings,
            InterruptSetup interrupts,
            AdminCommands commands,
            int doorbellStride) {
        this.context = context;
        this.settings = settings;
        this.machine = settings.machine();
        this.interrupts = interrupts;
        this.commands = commands;
        this.doorbellStride = doorbellStride;
    }

    List<ActorRef<HostMessage>> queues() {
        return List.copyOf(queues);
    }

    /** Submission queues that the controller has. */
    int submissionQueuesCreated() {
        return submissionQueuesCreated;
    }

    /** Completion queues that the controller has. */
    int completionQueuesCreated() {
        return completionQueuesCreated;
    }

    /** Tells every queue which namespace its I/O is for. */
    void use(NamespaceInfo namespace) {
        queues.forEach(queue -> queue.tell(new GuestQueue.UseNamespace(namespace)));
    }

    void createAll(Runnable next) {
        if (queues.size() == settings.queuePairs()) {
            next.run();
        } else {
            create(queues.size() + 1, () -> createAll(next));
        }
    }

    /** With one vector for everything, the driver passes its interrupts on. */
    void onSharedInterrupt(MsixMessage interrupt) {
        ActorRef<HostMessage> handler = handlers.get(0);
        if (handler != null) {
            handler.tell(interrupt);
        }
    }

    private void create(int queueId, Runnable next) {
        GuestMemory memory = machine.memory();
        int entries = settings.queueEntries();
        long submissionBytes = (long) entries * SubmissionEntry.SIZE_BYTES;
        long completionBytes = (long) entries * CompletionEntry.SIZE_BYTES;
        Bases bases =
                new Bases(
                        machine.pages().allocate(submissionBytes),
                        machine.pages().allocate(completionBytes));
        ActorRef<PciAccess> lane = machine.port().lane(settings.cpu(queueId));
        MemoryWindow completions =
                AdminQueue.zeroed(AdminQueue.window(memory, bases.completion(), completionBytes));
        CompletionRing completion =
                new CompletionRing(
                        memory,
                        completions,
                        entries,
                        lane,
                        Doorbells.completionHeadOffset(queueId, doorbellStride));
        SubmissionRing submission =
                new SubmissionRing(
                        memory,
                        AdminQueue.window(memory, bases.submission(), submissionBytes),
                        entries,
                        lane,
                        Doorbells.submissionTailOffset(queueId, doorbellStride));
        ActorRef<HostMessage> queue = spawn(queueId, submission, completion);
        queues.add(queue);
        int vector = routeVector(queueId, completion, queue);
        createCompletionQueue(
                queueId,
                vector,
                bases.completion(),
                () -> createSubmissionQueue(queueId, bases.submission(), next));
    }

    private ActorRef<HostMessage> spawn(
            int queueId, SubmissionRing submission, CompletionRing completion) {
        DataBuffers buffers =
                new DataBuffers(
                        machine.memory(),
                        machine.pages(),
                        settings.transferBytesMax(),
                        settings.queueEntries() - 1,
                        settings.sharedBuffer());
        GuestQueue.Parts parts =
                new GuestQueue.Parts(
                        queueId,
                        settings.queueEntries(),
                        submission,
                        completion,
                        new IoCommands(settings.transferBytesMax(), buffers),
                        machine.clock(),
                        machine.latencies().apply(queueId),
                        settings.commandTimeout(),
                        context.getSelf());
        ActorRef<HostMessage> queue =
                context.spawn(GuestQueue.create(parts), "queue-" + queueId, cpu(queueId));
        context.watch(queue);
        return queue;
    }

    private int routeVector(int queueId, CompletionRing completion, ActorRef<HostMessage> queue) {
        int vector = settings.vector(queueId);
        if (settings.sharesVectors()) {
            handlers.computeIfAbsent(vector, _ -> spawnHandler(vector, queueId))
                    .tell(new VectorHandler.Join(completion, queue));
        } else {
            interrupts.route(vector, queue);
        }
        return vector;
    }

    private ActorRef<HostMessage> spawnHandler(int vector, int queueId) {
        ActorRef<HostMessage> handler =
                context.spawn(VectorHandler.create(), "vector-" + vector, cpu(queueId));
        if (vector != 0) {
            interrupts.route(vector, handler);
        }
        return handler;
    }

    private DispatcherSelector cpu(int queueId) {
        return machine.cpus().get(settings.cpu(queueId));
    }

    private void createCompletionQueue(int queueId, int vector, long base, Runnable next) {
        commands.run(
                "Create I/O Completion Queue " + queueId,
                entry -> {
                    entry.opcode(AdminOpcode.CREATE_IO_COMPLETION_QUEUE);
                    CreateCompletionQueue.base(entry, base);
                    CreateCompletionQueue.queueId(entry, queueId);
                    CreateCompletionQueue.queueSizeZeroBased(entry, settings.queueEntries() - 1);
                    CreateCompletionQueue.physicallyContiguous(entry, true);
                    CreateCompletionQueue.interruptsEnabled(entry, true);
                    CreateCompletionQueue.interruptVector(entry, vector);
                },
                _ -> {
                    completionQueuesCreated++;
                    next.run();
                });
    }

    private void createSubmissionQueue(int queueId, long base, Runnable next) {
        commands.run(
                "Create I/O Submission Queue " + queueId,
                entry -> {
                    entry.opcode(AdminOpcode.CREATE_IO_SUBMISSION_QUEUE);
                    CreateSubmissionQueue.base(entry, base);
                    CreateSubmissionQueue.queueId(entry, queueId);
                    CreateSubmissionQueue.queueSizeZeroBased(entry, settings.queueEntries() - 1);
                    CreateSubmissionQueue.physicallyContiguous(entry, true);
                    CreateSubmissionQueue.completionQueueId(entry, queueId);
                },
                _ -> {
                    submissionQueuesCreated++;
                    next.run();
                });
    }
}
