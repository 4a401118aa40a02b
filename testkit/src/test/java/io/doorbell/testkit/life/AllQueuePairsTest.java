package io.doorbell.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Vector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** All queues that the specification allows, alive together on one controller (Base §3.3.1). */
@Isolated("it measures the heap")
class AllQueuePairsTest {
    private static final int PAIRS = 65_535;
    private static final int ENTRIES = 2;
    private static final int VECTORS = 64;

    private static final long HEAP_BYTES_PER_PAIR_MAX = 12 << 10;
    private static final long HEAP_GROWTH_BYTES_MAX = 8 << 20;

    @Test
    void pairsOfAllIds_areCreatedUsedAndDeleted() {
        DeviceShape shape = DeviceShape.DEFAULT.withQueuePairs(PAIRS).withVectors(VECTORS);
        try (LifeRig rig = new LifeRig(shape)) {
            Host host = rig.host.start();
            long queueActors = queueActors(rig);
            List<HostQueue> queues = new ArrayList<>(PAIRS);
            long[] nanos = new long[4];
            long[] heapBytes = new long[3];

            heapBytes[0] = Heap.usedBytes();
            nanos[0] = System.nanoTime();
            for (int id = 1; id <= PAIRS; id++) {
                queues.add(host.createPair(id, ENTRIES, ENTRIES, id % VECTORS));
            }
            nanos[1] = System.nanoTime();
            heapBytes[1] = Heap.usedBytes();
            Collections.shuffle(queues, new Random(1));
            for (HostQueue queue : queues) {
                Vector vector = host.vector(queue.id() % VECTORS);
                vector.forget();
                Expect.success(queue.run(Commands.flush(1)));
                vector.expectInterrupt();
            }
            nanos[2] = System.nanoTime();
            while (!queues.isEmpty()) {
                host.deletePair(queues.removeLast());
            }
            nanos[3] = System.nanoTime();
            heapBytes[2] = Heap.usedBytes();

            System.out.printf(
                    "%,d queue pairs: created in %.1f s, one command each in %.1f s, deleted in"
                            + " %.1f s; %,d bytes of heap a pair with the host's, %,d KiB more"
                            + " after than before.%n",
                    PAIRS,
                    seconds(nanos, 0),
                    seconds(nanos, 1),
                    seconds(nanos, 2),
                    (heapBytes[1] - heapBytes[0]) / PAIRS,
                    (heapBytes[2] - heapBytes[0]) >> 10);
            assertThat((heapBytes[1] - heapBytes[0]) / PAIRS).isLessThan(HEAP_BYTES_PER_PAIR_MAX);
            assertThat(heapBytes[2] - heapBytes[0]).isLessThan(HEAP_GROWTH_BYTES_MAX);
            assertThat(queueActors(rig)).isEqualTo(queueActors);
            Expect.success(host.createPair(PAIRS, ENTRIES).run(Commands.flush(1)));
        }
    }

    private static long queueActors(LifeRig rig) {
        return rig.actors().stream().filter(actor -> actor.path().contains("-queue-")).count();
    }

    private static double seconds(long[] nanos, int part) {
        return (nanos[part + 1] - nanos[part]) / 1e9;
    }
}
