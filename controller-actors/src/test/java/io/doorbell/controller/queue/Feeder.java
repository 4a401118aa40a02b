package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Stands for a submission queue and its executor: makes batches of commands with ids 0, 1, 2 ...
 * and completes what the test says, in the order it says. DW0 of a completion is 1000h + command
 * id.
 */
final class Feeder {
    static final int DW0_BASE = 0x1000;

    final TestInbox<SubmissionQueue.Command> inbox = TestInbox.create();
    final SubmissionQueueLink link;
    private final Shard shard;
    private final MemoryWindow memory;
    private final int entryCount;
    private long fetchedTotal;

    Feeder(
            Shard shard,
            int queueId,
            int entryCount,
            ActorRef<CompletionQueue.Command> completionQueue) {
        this.shard = shard;
        this.entryCount = entryCount;
        this.memory = DeviceRig.memory((long) entryCount * SubmissionEntry.SIZE_BYTES);
        this.link =
                new SubmissionQueueLink(queueId, entryCount, inbox.getRef(), completionQueue, null);
        completionQueue.tell(new CompletionQueue.LinkSubmissionQueue(link));
    }

    /** Fetches the next commands. */
    CommandBatch fetch(int count) {
        CommandBatch batch = shard.batches().take();
        for (int i = 0; i < count; i++) {
            int slot = (int) (fetchedTotal % entryCount);
            memory.setInt(
                    (long) slot * SubmissionEntry.SIZE_BYTES, (int) (fetchedTotal & 0xFFFF) << 16);
            batch.fetch(memory, slot, 1);
            fetchedTotal++;
        }
        batch.seal(link, fetchedTotal);
        link.opened(batch);
        return batch;
    }

    /** Completes commands of a batch, by mask. */
    void complete(CommandBatch batch, long mask, int status) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            FetchedCommand command = batch.command(Long.numberOfTrailingZeros(rest));
            command.complete(status, DW0_BASE + command.entry().commandId());
        }
        batch.completed(mask);
    }

    /** Fetches and completes so many commands, as one batch. */
    void run(int count) {
        CommandBatch batch = fetch(count);
        complete(batch, batch.all(), 0);
    }

    long fetchedTotal() {
        return fetchedTotal;
    }
}
