package io.doorbell.controller.queue;

import java.util.ArrayDeque;

/**
 * The spare batches of a shard. As many exist as were ever on their way at once; the last one given
 * back is the next one taken, because it is still in the cache.
 */
public final class BatchPool {
    private final ArrayDeque<CommandBatch> spare = new ArrayDeque<>();

    CommandBatch take() {
        CommandBatch batch = spare.pollLast();
        return batch != null ? batch : new CommandBatch();
    }

    void giveBack(CommandBatch batch) {
        batch.clear();
        spare.addLast(batch);
    }

    int spareCount() {
        return spare.size();
    }
}
