package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.NamespaceExecutor;
import io.doorbell.controller.queue.Arbiter;
import io.doorbell.controller.queue.CommandExecutor;
import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.DoorbellMemory;
import io.doorbell.controller.queue.Interrupt;
import io.doorbell.controller.queue.PinInterrupt;
import io.doorbell.controller.queue.Placement;
import io.doorbell.controller.queue.QueueGroup;
import io.doorbell.controller.queue.ShadowDoorbells;
import io.doorbell.controller.queue.Shard;
import io.doorbell.controller.queue.SubmissionQueue;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The actors below the root of an epoch: executors, groups of queues, interrupts.
 *
 * <p>Whatever feeds a completion queue lives on that queue's shard, so that a command and its
 * completion meet one thread.
 */
final class QueueActors {
    private final ActorContext<AdminExecutor.Command> context;
    private final EpochSettings settings;
    private final FeatureTable features;
    private final QueueTable queues;
    private final List<ActorRef<NamespaceExecutor.Command>> ioExecutors = new ArrayList<>();
    private final Map<Integer, ActorRef<QueueGroup.Command>> groups = new TreeMap<>();
    private final List<CommandExecutor> commandExecutors = new ArrayList<>(); // of the above
    private final Map<Integer, ActorRef<Interrupt.Command>> interrupts = new TreeMap<>();
    private final @Nullable ActorRef<Arbiter.Command> arbiter;
    private @Nullable ShadowDoorbells shadow; // for groups that are yet to come
    private @Nullable ActorRef<PinInterrupt.Command> pin; // made when the host first uses it
    private boolean byPin; // interrupts are not messages

    QueueActors(
            ActorContext<AdminExecutor.Command> context,
            EpochSettings settings,
            FeatureTable features,
            QueueTable queues) {
        this.context = context;
        this.settings = settings;
        this.features = features;
        this.queues = queues;
        this.arbiter = settings.weightedRoundRobin() ? spawnArbiter() : null;
        spawnExecutors();
    }

    private ActorRef<Arbiter.Command> spawnArbiter() {
        ActorRef<Arbiter.Command> spawned =
                context.spawn(
                        Arbiter.create(features.arbitration(settings.burst())),
                        "arbiter",
                        settings.doorbells().shards().getFirst().dispatcher());
        context.watch(spawned);
        return spawned;
    }

    /** How a submission queue comes to its turns, or null if it takes them by itself. */
    SubmissionQueue.@Nullable Arbitration arbitration(Arbiter.Priority priority) {
        return arbiter == null ? null : new SubmissionQueue.Arbitration(arbiter, priority);
    }

    /** Most commands a submission queue fetches in one turn (Base §5.27.1.1). */
    int burst() {
        return features.arbitration(settings.burst()).burst();
    }

    /** Tells every queue what feature 01h now says. */
    void configureArbitration() {
        if (arbiter != null) {
            arbiter.tell(new Arbiter.Configure(features.arbitration(settings.burst())));
        }
        int burst = burst();
        groups.values().forEach(group -> group.tell(new QueueGroup.SetBurst(burst)));
    }

    /** Ends a command of an I/O submission queue early; the answer comes from its queue. */
    void abort(int queueId, int commandId) {
        ActorRef<SubmissionQueue.AbortAnswer> answer =
                context.messageAdapter(
                        SubmissionQueue.AbortAnswer.class, AdminExecutor.AbortAnswered::new);
        if (!queues.isSubmissionQueueOpen(queueId)) {
            answer.tell(new SubmissionQueue.AbortAnswer(queueId, commandId, false));
        } else {
            group(queues.completionQueueOf(queueId))
                    .tell(new QueueGroup.AbortCommand(queueId, commandId, answer));
        }
    }

    /** The registers of all shards take rings as wakes; returns how many will answer. */
    int useShadowInRegisters(ShadowDoorbells buffers) {
        ActorRef<DoorbellMemory.ShadowInUse> done =
                context.messageAdapter(
                        DoorbellMemory.ShadowInUse.class, _ -> new AdminExecutor.ShadowInUse());
        List<ActorRef<DoorbellMemory.Command>> memories = settings.doorbells().memories();
        memories.forEach(memory -> memory.tell(new DoorbellMemory.UseShadow(buffers, done)));
        return memories.size();
    }

    /** All queues, also those to come, look into the buffers; returns how many will answer. */
    int useShadowInQueues(ShadowDoorbells buffers) {
        shadow = buffers;
        ActorRef<QueueGroup.ShadowInUse> done =
                context.messageAdapter(
                        QueueGroup.ShadowInUse.class, _ -> new AdminExecutor.ShadowInUse());
        groups.values().forEach(group -> group.tell(new QueueGroup.UseShadow(buffers, done)));
        return groups.size();
    }

    private void spawnExecutors() {
        NamespaceExecutor.Settings executor =
                new NamespaceExecutor.Settings(
                        settings.namespaces(),
                        settings.memory(),
                        settings.admin().pageBytes(),
                        settings.transferBytesMax(),
                        settings.scatterGatherLists(),
                        features.io(),
                        settings.blocking());
        for (Shard shard : settings.doorbells().shards()) {
            ActorRef<NamespaceExecutor.Command> spawned =
                    context.spawn(
                            NamespaceExecutor.create(executor, shard.counters()),
                            "namespaces-" + shard.index(),
                            shard.dispatcher());
            context.watch(spawned);
            ioExecutors.add(spawned);
            commandExecutors.add(NamespaceExecutor.asCommandExecutor(spawned));
        }
    }

    /** The executor for submission queues of this completion queue. */
    CommandExecutor ioExecutor(int completionQueueId) {
        return commandExecutors.get(shardIndex(completionQueueId));
    }

    /** The executors of I/O commands, one for each shard. */
    List<ActorRef<NamespaceExecutor.Command>> ioExecutors() {
        return ioExecutors;
    }

    /** The interrupt of a vector, made on the shard of the first queue that asks for it. */
    ActorRef<Interrupt.Command> interrupt(int vector, int completionQueueId) {
        ActorRef<Interrupt.Command> interrupt = interrupts.get(vector);
        if (interrupt == null) {
            Shard shard = settings.doorbells().shards().get(shardIndex(completionQueueId));
            interrupt =
                    context.spawn(
                            Interrupt.create(
                                    settings.vectors().get(vector),
                                    shard,
                                    features.coalescing(vector),
                                    settings.moderatedInterrupts()
                                            ? settings.lasting()::nanosSincePowerOn
                                            : null),
                            "interrupt-" + vector,
                            shard.dispatcher());
            context.watch(interrupt);
            interrupts.put(vector, interrupt);
        }
        return interrupt;
    }

    /** Tells every interrupt what the features now say. */
    void configureInterrupts() {
        interrupts.forEach(
                (vector, interrupt) ->
                        interrupt.tell(new Interrupt.Configure(features.coalescing(vector))));
    }

    /**
     * How completion queues tell of entries from now on.
     *
     * @param status who is told whether an interrupt by pin is due, or null for messages
     */
    void signalByPin(@Nullable ActorRef<PinInterrupt.Report> status) {
        byPin = status != null;
        if (pin == null && status != null) {
            pin = spawnPin(status);
        }
        groups.values().forEach(this::tellHowToSignal);
    }

    /** Asks for the status of the pin as of now; answered to whom that status is told. */
    void checkPin(long id) {
        if (pin != null) {
            pin.tell(new PinInterrupt.Check(id));
        }
    }

    private ActorRef<PinInterrupt.Command> spawnPin(ActorRef<PinInterrupt.Report> status) {
        ActorRef<PinInterrupt.Command> spawned =
                context.spawn(
                        PinInterrupt.create(status), "pin", DispatcherSelector.sameAsParent());
        context.watch(spawned);
        return spawned;
    }

    private void tellHowToSignal(ActorRef<QueueGroup.Command> group) {
        group.tell(new QueueGroup.SignalByPin(byPin ? pin : null));
    }

    void openCompletionQueue(CompletionQueue.Settings queue) {
        group(queue.queueId())
                .tell(
                        new QueueGroup.OpenCompletionQueue(
                                queue,
                                context.messageAdapter(
                                        QueueGroup.CompletionQueueOpened.class,
                                        AdminExecutor.CompletionQueueOpened::new)));
    }

    void openSubmissionQueue(SubmissionQueue.Settings queue, int completionQueueId) {
        group(completionQueueId)
                .tell(
                        new QueueGroup.OpenSubmissionQueue(
                                queue,
                                context.messageAdapter(
                                        QueueGroup.SubmissionQueueOpened.class,
                                        AdminExecutor.SubmissionQueueOpened::new)));
    }

    void closeSubmissionQueue(int queueId) {
        group(queues.completionQueueOf(queueId))
                .tell(new QueueGroup.CloseSubmissionQueue(queueId, closed()));
    }

    void closeCompletionQueue(int queueId) {
        group(queueId).tell(new QueueGroup.CloseCompletionQueue(queueId, closed()));
    }

    private ActorRef<QueueGroup.QueueClosed> closed() {
        return context.messageAdapter(QueueGroup.QueueClosed.class, AdminExecutor.QueueClosed::new);
    }

    private ActorRef<QueueGroup.Command> group(int queueId) {
        Placement placement = settings.doorbells().placement();
        int shardIndex = shardIndex(queueId);
        int block = placement.slot(queueId, false) / 2 / QueueGroup.QUEUE_IDS;
        int key = block * placement.shardCount() + placement.shard(queueId);
        return groups.computeIfAbsent(key, _ -> spawnGroup(shardIndex, key));
    }

    private ActorRef<QueueGroup.Command> spawnGroup(int shardIndex, int key) {
        Shard shard = settings.doorbells().shards().get(shardIndex);
        ActorRef<QueueGroup.Command> group =
                context.spawn(
                        QueueGroup.create(shard, settings.doorbells(), shadow),
                        "queues-" + shardIndex + "-" + key,
                        shard.dispatcher());
        context.watch(group);
        if (byPin) {
            tellHowToSignal(group);
        }
        return group;
    }

    /** All queues that one arbiter serves live on its shard, the first. */
    private int shardIndex(int queueId) {
        return arbiter == null ? settings.doorbells().placement().shard(queueId) : 0;
    }
}
