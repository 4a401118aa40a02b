package io.doorbell.controller.queue;

/**
 * Which shard a queue belongs to, and where its two doorbells stand in that shard's register file.
 *
 * <p>The admin queues live on shard 0. I/O queue ids are dealt to the shards one by one, so that a
 * host that uses few of many queues still uses every core.
 *
 * @param shardCount at least 1
 * @param queueIdMax the highest queue id there can be, 1 to 65,535
 */
public record Placement(int shardCount, int queueIdMax) {

    /** The shard of a queue id, 0 to {@code shardCount - 1}. */
    public int shard(int queueId) {
        return queueId == 0 ? 0 : (queueId - 1) % shardCount;
    }

    /** The slot of a doorbell in the register file of its queue's shard. */
    public int slot(int queueId, boolean completionHead) {
        int local = queueId == 0 ? 0 : 1 + (queueId - 1) / shardCount;
        return 2 * local + (completionHead ? 1 : 0);
    }

    /** Number of slots in a shard's register file. */
    public int slotCount() {
        return slot(queueIdMax, true) + 1;
    }
}
