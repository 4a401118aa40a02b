package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
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
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The I/O queue pairs: makes their actors and memory once, and creates them in the controller as
 * often as it loses them, one after another: completion queue, then submission queue.
 */
final class QueuePairs {
    /** A pair that the host has. */
    private record Pair(
            int queueId,
            long completionBase,
            List<Long> submissionBases,
            CompletionRing completion,
            ActorRef<HostMessage> actor) {}

    /** Who handles a vector that several queues share, and the first of them. */
    private record Handler(ActorRef<HostMessage> actor, int firstQueueId) {}

    private final ActorContext<HostMessage> context;
    private final GuestSettings settings;
    private final GuestSettings.Machine machine;
    private final HostPolicies.Queueing queueing;
    private final InterruptSetup interrupts;
    private final AdminCommands commands;
    private final int doorbellStride;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<ActorRef<HostMessage>> actors = new ArrayList<>();
    private final Map<Integer, Handler> handlers = new TreeMap<>(); // by vector
    private @Nullable ShadowBuffers shadows;
    private int epoch;
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
        this.queueing = settings.policies().queueing();
        this.interrupts = interrupts;
        this.commands = commands;
        this.doorbellStride = doorbellStride;
    }

    /** The queues, by id from 1. */
    List<ActorRef<HostMessage>> queues() {
        return List.copyOf(actors);
    }

    /** Submission queues that each completion queue has. */
    int submissionQueuesEach() {
        return queueing.submissionQueuesEach();
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
        actors.forEach(queue -> queue.tell(new GuestQueue.UseNamespace(namespace)));
    }

    /** Queues made from now on have slots in these buffers. */
    void useShadows(ShadowBuffers buffers) {
        shadows = buffers;
    }

    /** Creates all queues in a controller that has none. */
    void createAll(Runnable next) {
        forget();
        create(0, next);
    }

    /** The queues of this epoch are yet to be created. */
    void renew(int newEpoch) {
        epoch = newEpoch;
        forget();
    }

    /** Slots of a submission queue in this epoch. */
    private int entries() {
        return queueing.entries(settings.queueEntries(), epoch);
    }

    /** The controller has no queues any more. */
    void forget() {
        submissionQueuesCreated = 0;
        completionQueuesCreated = 0;
    }

    /** With one vector for everything, the driver passes its interrupts on. */
    void onSharedInterrupt(MsixMessage interrupt) {
        Handler handler = handlers.get(0);
        if (handler != null) {
            handler.actor().tell(interrupt);
        }
    }

    private void create(int index, Runnable next) {
        if (index == settings.queuePairs()) {
            next.run();
            return;
        }
        if (index == pairs.size()) {
            Pair made = make(index + 1);
            pairs.add(made);
            actors.add(made.actor());
            if (settings.sharesVectors()) {
                join(made);
            }
        }
        Pair pair = pairs.get(index);
        int vector = settings.vector(pair.queueId());
        if (queueing.interrupts()) {
            route(vector, pair);
        }
        createCompletionQueue(
                pair, vector, () -> createSubmissionQueue(pair, 0, () -> create(index + 1, next)));
    }

    private Pair make(int queueId) {
        GuestMemory memory = machine.memory();
        int entries = settings.queueEntries();
        int completionEntries = queueing.completionEntries(entries);
        int each = queueing.submissionQueuesEach();
        int firstSubmissionQueueId = firstSubmissionQueueId(queueId);
        long submissionBytes = (long) entries * SubmissionEntry.SIZE_BYTES;
        long completionBytes = (long) completionEntries * CompletionEntry.SIZE_BYTES;
        ActorRef<PciAccess> lane = machine.port().lane(settings.cpu(queueId));
        List<Long> bases = new ArrayList<>();
        List<SubmissionRing> rings = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            long base = machine.pages().allocate(submissionBytes);
            bases.add(base);
            rings.add(
                    new SubmissionRing(
                            memory,
                            AdminQueue.window(memory, base, submissionBytes),
                            entries,
                            lane,
                            Doorbells.submissionTailOffset(
                                    firstSubmissionQueueId + i, doorbellStride)));
        }
        long completionBase = machine.pages().allocate(completionBytes);
        CompletionRing completion =
                new CompletionRing(
                        memory,
                        AdminQueue.zeroed(
                                AdminQueue.window(memory, completionBase, completionBytes)),
                        completionEntries,
                        lane,
                        Doorbells.completionHeadOffset(queueId, doorbellStride));
        SubmissionRings submissions =
                new SubmissionRings(
                        firstSubmissionQueueId, rings, settings.policies().ringing().order());
        ActorRef<HostMessage> actor = spawn(queueId, submissions, completion);
        return new Pair(queueId, completionBase, List.copyOf(bases), completion, actor);
    }

    private int firstSubmissionQueueId(int queueId) {
        return (queueId - 1) * queueing.submissionQueuesEach() + 1;
    }

    private ActorRef<HostMessage> spawn(
            int queueId, SubmissionRings submissions, CompletionRing completion) {
        int tags = queueing.commands(settings.queueEntries());
        DataBuffers buffers =
                new DataBuffers(
                        machine.memory(),
                        machine.pages(),
                        settings.transferBytesMax(),
                        tags,
                        settings.sharedBuffer(),
                        queueing.buffers());
        GuestQueue.Parts parts =
                new GuestQueue.Parts(
                        queueId,
                        settings.queueEntries(),
                        tags,
                        submissions,
                        completion,
                        slots(queueId),
                        new IoCommands(settings.transferBytesMax(), buffers),
                        machine.memory(),
                        machine.clock(),
                        machine.latencies().apply(queueId),
                        settings.policies(),
                        settings.watcher(),
                        context.getSelf());
        ActorRef<HostMessage> queue =
                context.spawn(GuestQueue.create(parts), "queue-" + queueId, cpu(queueId));
        context.watch(queue);
        return queue;
    }

    private ShadowBuffers.@Nullable Slots slots(int queueId) {
        int each = queueing.submissionQueuesEach();
        int first = firstSubmissionQueueId(queueId);
        int last = Math.max(queueId, first + each - 1);
        if (shadows == null || !shadows.hasSlots(last)) {
            return null;
        }
        int entries = settings.queueEntries();
        return shadows.slots(first, each, entries, queueId, queueing.completionEntries(entries));
    }

    private void join(Pair pair) {
        int vector = settings.vector(pair.queueId());
        handlers.computeIfAbsent(vector, _ -> handler(vector, pair.queueId()))
                .actor()
                .tell(new VectorHandler.Join(pair.completion(), pair.actor()));
    }

    private Handler handler(int vector, int queueId) {
        ActorRef<HostMessage> actor =
                context.spawn(VectorHandler.create(), "vector-" + vector, cpu(queueId));
        return new Handler(actor, queueId);
    }

    /** Vector 0 is the driver's; the first of those that share another one routes it. */
    private void route(int vector, Pair pair) {
        Handler handler = handlers.get(vector);
        if (handler == null) {
            interrupts.route(vector, pair.actor());
        } else if (vector != 0 && handler.firstQueueId() == pair.queueId()) {
            interrupts.route(vector, handler.actor());
        }
    }

    private DispatcherSelector cpu(int queueId) {
        return machine.cpus().get(settings.cpu(queueId));
    }

    private void createCompletionQueue(Pair pair, int vector, Runnable next) {
        int queueId = pair.queueId();
        commands.run(
                "Create I/O Completion Queue " + queueId,
                entry -> {
                    int entries = pair.completion().entryCount();
                    entry.opcode(AdminOpcode.CREATE_IO_COMPLETION_QUEUE);
                    CreateCompletionQueue.base(entry, pair.completionBase());
                    CreateCompletionQueue.queueId(entry, queueId);
                    CreateCompletionQueue.queueSizeZeroBased(entry, entries - 1);
                    CreateCompletionQueue.physicallyContiguous(entry, true);
                    CreateCompletionQueue.interruptsEnabled(entry, queueing.interrupts());
                    CreateCompletionQueue.interruptVector(
                            entry, queueing.interrupts() ? vector : 0);
                },
                _ -> {
                    completionQueuesCreated++;
                    next.run();
                });
    }

    private void createSubmissionQueue(Pair pair, int index, Runnable next) {
        if (index == pair.submissionBases().size()) {
            next.run();
            return;
        }
        int queueId = firstSubmissionQueueId(pair.queueId()) + index;
        commands.run(
                "Create I/O Submission Queue " + queueId,
                entry -> {
                    entry.opcode(AdminOpcode.CREATE_IO_SUBMISSION_QUEUE);
                    CreateSubmissionQueue.base(entry, pair.submissionBases().get(index));
                    CreateSubmissionQueue.queueId(entry, queueId);
                    CreateSubmissionQueue.queueSizeZeroBased(entry, entries() - 1);
                    CreateSubmissionQueue.physicallyContiguous(entry, true);
                    CreateSubmissionQueue.completionQueueId(entry, pair.queueId());
                },
                _ -> {
                    submissionQueuesCreated++;
                    createSubmissionQueue(pair, index + 1, next);
                });
    }
}
