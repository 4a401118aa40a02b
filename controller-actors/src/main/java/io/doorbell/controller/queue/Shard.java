package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * What the actors of one shard share: a dispatcher with one thread, a part of the doorbell
 * registers, a pool of command batches, counters.
 *
 * <p>A queue, its doorbells, its executor and its interrupt belong to one shard, so a command meets
 * one thread only. Everything here but the dispatcher's name is used on that thread alone; {@link
 * DoorbellFile} says what it allows besides.
 */
public final class Shard {
    private final int index;
    private final DispatcherSelector dispatcher;
    private final DoorbellFile doorbells;
    private final BatchPool batches = new BatchPool();
    private final ShardCounters counters = new ShardCounters();

    /**
     * @param index from 0
     * @param placement says how many doorbells the shard has
     * @param dispatcher a dispatcher with one thread
     */
    public Shard(int index, Placement placement, DispatcherSelector dispatcher) {
        this(index, dispatcher, new DoorbellFile(placement.slotCount()));
    }

    Shard(int index, DispatcherSelector dispatcher, DoorbellFile doorbells) {
        this.index = index;
        this.dispatcher = dispatcher;
        this.doorbells = doorbells;
    }

    public int index() {
        return index;
    }

    public DispatcherSelector dispatcher() {
        return dispatcher;
    }

    public BatchPool batches() {
        return batches;
    }

    public ShardCounters counters() {
        return counters;
    }

    DoorbellFile doorbells() {
        return doorbells;
    }
}
