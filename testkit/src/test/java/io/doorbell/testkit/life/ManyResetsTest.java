package io.doorbell.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.util.List;

/** A thousand resets under I/O, of every kind, at every moment: nothing is left behind. */
@Isolated("it measures the heap")
class ManyResetsTest {
    private static final int RESETS = 1_000;
    private static final int WARM_UP = 100;
    private static final int ENTRIES = 64;
    private static final long HEAP_GROWTH_BYTES_MAX = 8 << 20;
    private static final List<Means> MEANS = List.of(Means.values());
    private static final List<String> COUNTED =
            List.of("ErrorLog.errorCount", "Controller.epochNumber", "Controller.resetKind");

    @Test
    void thousandResetsUnderLoad_leakNoActorNoTimerNoMemory() {
        try (LifeRig rig = new LifeRig()) {
            long memoryOfAdmin = rig.host.memory().pages(2);
            Load load = new Load(rig, memoryOfAdmin);
            for (int i = 0; i < WARM_UP; i++) {
                load.resetOnce(i);
            }
            Figures before = Figures.of(rig);
            for (int i = WARM_UP; i < RESETS + WARM_UP; i++) {
                load.resetOnce(i);
            }
            Figures after = Figures.of(rig);
            System.out.printf(
                    "%,d resets under I/O: %,d commands submitted, %,d completed, %,d messages%n"
                            + "  before: %s%n  after:  %s%n",
                    RESETS, load.submitted, load.completed, rig.world.steps(), before, after);
            assertThat(StateText.difference(after.state, before.state)).isEmpty();
            assertThat(after.actors).isEqualTo(before.actors);
            assertThat(after.timers).isEqualTo(before.timers);
            assertThat(after.heapBytes - before.heapBytes).isLessThan(HEAP_GROWTH_BYTES_MAX);
            assertThat(load.completed).as("completions in between").isPositive();
        }
    }

    /** What there is of a machine whose controller is disabled. */
    private record Figures(int actors, int timers, long heapBytes, List<String> state) {
        static Figures of(LifeRig rig) {
            rig.host.elapse(1_000_000_000L);
            List<String> state = rig.state(COUNTED);
            return new Figures(rig.actors().size(), rig.world.timers(), Heap.usedBytes(), state);
        }

        @Override
        public String toString() {
            return "%d actors, %d timers, %d lines of state, %,d KiB of heap"
                    .formatted(actors, timers, state.size(), heapBytes >> 10);
        }
    }

    /** A driver that is always resetting. */
    private static final class Load {
        private final LifeRig rig;
        private final Host host;
        private final long data;
        private long submitted;
        private long completed;

        Load(LifeRig rig, long data) {
            this.rig = rig;
            this.host = rig.host;
            this.data = data;
        }

        void resetOnce(int round) {
            host.start();
            host.requestEvent();
            host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_COALESCING, 0xFF07));
            List<HostQueue> queues = List.of(host.createPair(1, ENTRIES), host.createPair(2, 8));
            for (HostQueue queue : queues) {
                for (int i = 0; i < queue.entries() - 1; i++) {
                    queue.put(Commands.read(1, i, 8, data));
                    submitted++;
                }
                queue.ring();
            }
            rig.run(round % 61); // the reset comes at another moment each time
            for (HostQueue queue : queues) {
                while (queue.poll() != null) {
                    completed++;
                }
            }
            MEANS.get(round % MEANS.size()).reset(host);
        }
    }
}
