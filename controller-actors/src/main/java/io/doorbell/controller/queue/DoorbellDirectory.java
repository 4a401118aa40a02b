package io.doorbell.controller.queue;

import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.typed.ActorRef;

import java.util.List;

/**
 * All doorbells of a controller: who owns which. A doorbell belongs to the shard of its queue id,
 * even where the queue itself runs on another shard because its completion queue does.
 *
 * @param shards by index
 * @param memories the owner of each shard's registers
 */
public record DoorbellDirectory(
        Placement placement, List<Shard> shards, List<ActorRef<DoorbellMemory.Command>> memories) {

    /** The shard whose memory owns a doorbell index. */
    public int shard(int doorbell) {
        return placement.shard(Doorbells.queueId(doorbell));
    }

    /** The owner of a doorbell index. */
    public ActorRef<DoorbellMemory.Command> owner(int doorbell) {
        return memories.get(shard(doorbell));
    }

    Doorbell doorbell(int doorbell, int entryCount) {
        int queueId = Doorbells.queueId(doorbell);
        return new Doorbell(
                shards.get(placement.shard(queueId)).doorbells(),
                placement.slot(queueId, Doorbells.isCompletionHead(doorbell)),
                doorbell,
                entryCount,
                owner(doorbell));
    }
}
