package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.Set;

class PlacementTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 65535", "2, 1", "3, 64", "7, 1000", "64, 65535"})
    void everyDoorbell_hasASlotOfItsOwnInsideItsShardsFile(int shardCount, int queueIdMax) {
        Placement placement = new Placement(shardCount, queueIdMax);
        Set<Long> taken = new HashSet<>();
        for (int queueId = 0; queueId <= queueIdMax; queueId++) {
            for (boolean head : new boolean[] {false, true}) {
                int shard = placement.shard(queueId);
                int slot = placement.slot(queueId, head);
                assertThat(shard).isBetween(0, shardCount - 1);
                assertThat(slot).isBetween(0, placement.slotCount() - 1);
                assertThat(taken.add((long) shard << 32 | slot))
                        .as("slot %d of shard %d for queue %d is free", slot, shard, queueId)
                        .isTrue();
            }
        }
        assertThat(placement.shard(0)).isZero();
    }
}
