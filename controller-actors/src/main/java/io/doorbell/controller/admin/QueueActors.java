package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.NamespaceExecutor;
import io.doorbell.controller.queue.CommandExecutor;
import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.Interrupt;
import io.doorbell.controller.queue.Placement;
import io.doorbell.controller.queue.QueueGroup;
import io.doorbell.controller.queue.Shard;
import io.doorbell.controller.queue.SubmissionQueue;

import org.apache.pekko.actor.typed.ActorRef;
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
    private final List<CommandExecutor> ioExecutors = new ArrayList<>();
    private final Map<Integer, ActorRef<QueueGroup.Command>> groups = new TreeMap<>();
    private final Map<Integer, ActorRef<QueueGroup.Command>> groupOfSubmission = new TreeMap<>();
    private final Map<Integer, ActorRef<Interrupt.Command>> interrupts = new TreeMap<>();

    QueueActors(
            ActorContext<AdminExecutor.Command> context,
            EpochSettings settings,
            FeatureTable features) {
        this.context = context;
        this.settings = settings;
        this.features = features;
        spawnExecutors();
    }

    private void spawnExecutors() {
        NamespaceExecutor.Settings executor =
                new NamespaceExecutor.Settings(
                        settings.namespaces(),
                        settings.memory(),
                        settings.admin().pageBytes(),
                        settings.transferBytesMax(),
                        settings.blocking());
        for (Shard shard : settings.doorbells().shards()) {
            ActorRef<NamespaceExecutor.Command> spawned =
                    context.spawn(
                            NamespaceExecutor.create(executor),
                            "namespaces-" + shard.index(),
                            shard.dispatcher());
            context.watch(spawned);
            ioExecutors.add(NamespaceExecutor.asCommandExecutor(spawned));
        }
    }

    /** The executor for submission queues of this completion queue. */
    CommandExecutor ioExecutor(int completionQueueId) {
        return ioExecutors.get(shardIndex(completionQueueId));
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
                                    features.coalescing(vector)),
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
        ActorRef<QueueGroup.Command> group = group(completionQueueId);
        groupOfSubmission.put(queue.queueId(), group);
        group.tell(
                new QueueGroup.OpenSubmissionQueue(
                        queue,
                        context.messageAdapter(
                                QueueGroup.SubmissionQueueOpened.class,
                                AdminExecutor.SubmissionQueueOpened::new)));
    }

    void closeSubmissionQueue(int queueId) {
        present(groupOfSubmission.remove(queueId))
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
        int shardIndex = placement.shard(queueId);
        int block = placement.slot(queueId, false) / 2 / QueueGroup.QUEUE_IDS;
        int key = block * placement.shardCount() + shardIndex;
        return groups.computeIfAbsent(key, _ -> spawnGroup(shardIndex, block));
    }

    private ActorRef<QueueGroup.Command> spawnGroup(int shardIndex, int block) {
        Shard shard = settings.doorbells().shards().get(shardIndex);
        ActorRef<QueueGroup.Command> group =
                context.spawn(
                        QueueGroup.create(shard, settings.doorbells()),
                        "queues-" + shardIndex + "-" + block,
                        shard.dispatcher());
        context.watch(group);
        return group;
    }

    private int shardIndex(int queueId) {
        return settings.doorbells().placement().shard(queueId);
    }

    private static <T> T present(@Nullable T group) {
        if (group == null) {
            throw new IllegalStateException("A queue is closed that was never opened.");
        }
        return group;
    }
}
