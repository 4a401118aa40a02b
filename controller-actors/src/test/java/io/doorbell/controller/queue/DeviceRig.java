package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.DoorbellMemory.Attach;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.controller.queue.DoorbellMemory.Ring;
import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.util.Objects;

/** One shard with its doorbells; queues are opened with the ids and sizes a test wants. */
final class DeviceRig {
    static final int QUEUE_ID_MAX = 40;

    /** Puts an actor on the shard's dispatcher. */
    interface Spawner {
        <T> ActorRef<T> spawn(Behavior<T> behavior);
    }

    private final Spawner spawner;
    private final Runnable settle;
    final Placement placement = new Placement(1, QUEUE_ID_MAX);
    final Shard shard;
    final TestInbox<InvalidDoorbell> invalid = TestInbox.create();
    final ActorRef<DoorbellMemory.Command> doorbells;

    /** A device that moves when the test says so. */
    DeviceRig(PumpedSystem system) {
        this(system, system.dispatcher(), system::settle);
    }

    /** A device with a thread of its own. */
    DeviceRig(Spawner spawner, DispatcherSelector dispatcher) {
        this(
                spawner,
                dispatcher,
                () -> {
                    throw new UnsupportedOperationException("This device runs by itself.");
                });
    }

    private DeviceRig(Spawner spawner, DispatcherSelector dispatcher, Runnable settle) {
        this.spawner = spawner;
        this.settle = settle;
        this.shard = new Shard(0, placement, dispatcher);
        this.doorbells = spawn(DoorbellMemory.create(shard, placement, invalid.getRef()));
    }

    /** Zeroed guest memory of its own, page aligned. */
    static MemoryWindow memory(long sizeBytes) {
        MappedMemory memory =
                MappedMemory.of(
                        new MemoryRegion(0, Arena.ofAuto().allocate(sizeBytes, 4096), true));
        return Objects.requireNonNull(memory.window(0, sizeBytes));
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return spawner.spawn(behavior);
    }

    ActorRef<CompletionQueue.Command> openCompletionQueue(
            int queueId,
            int entryCount,
            MemoryWindow entries,
            @Nullable ActorRef<Interrupt.Command> interrupt) {
        int doorbell = Doorbells.completionHeadIndex(queueId);
        ActorRef<CompletionQueue.Command> queue =
                spawn(
                        CompletionQueue.create(
                                new CompletionQueue.Settings(
                                        queueId, entryCount, entries, interrupt),
                                shard,
                                doorbell(doorbell, entryCount)));
        attach(doorbell, entryCount, queue.narrow());
        return queue;
    }

    ActorRef<SubmissionQueue.Command> openSubmissionQueue(SubmissionQueue.Settings settings) {
        int doorbell = Doorbells.submissionTailIndex(settings.queueId());
        ActorRef<SubmissionQueue.Command> queue =
                spawn(
                        SubmissionQueue.create(
                                settings, shard, doorbell(doorbell, settings.entryCount())));
        attach(doorbell, settings.entryCount(), queue.narrow());
        return queue;
    }

    void attach(
            int doorbell, int entryCount, ActorRef<? super DoorbellMemory.DoorbellChanged> waker) {
        doorbells.tell(
                new Attach(
                        doorbell,
                        entryCount,
                        waker,
                        TestInbox.<DoorbellMemory.Attached>create().getRef()));
    }

    /** The doorbell of a queue of 16 entries. */
    Doorbell doorbell(int index) {
        return doorbell(index, 16);
    }

    Doorbell doorbell(int index, int entryCount) {
        return new Doorbell(
                shard.doorbells(),
                placement.slot(Doorbells.queueId(index), Doorbells.isCompletionHead(index)),
                index,
                entryCount,
                doorbells);
    }

    /** The host writes SQ y tail. */
    void ringTail(int queueId, int tail) {
        doorbells.tell(new Ring(Doorbells.submissionTailIndex(queueId), tail));
    }

    /** The host writes CQ y head. */
    void ringHead(int queueId, int head) {
        doorbells.tell(new Ring(Doorbells.completionHeadIndex(queueId), head));
    }

    void settle() {
        settle.run();
    }
}
