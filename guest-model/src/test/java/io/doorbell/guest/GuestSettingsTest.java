package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciPort;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class GuestSettingsTest {
    @Test
    void enoughVectors_giveEachPairItsOwn_andDealPairsToCpus() {
        GuestSettings settings = settings(3, 8, 9);
        for (int id = 1; id <= 8; id++) {
            assertThat(settings.vector(id)).isEqualTo(id);
            assertThat(settings.cpu(id)).isEqualTo((id - 1) % 3);
        }
    }

    /** With fewer vectors than CPUs, a handler once looked at rings of another CPU's queues. */
    @Test
    void pairsThatShareAVector_liveOnOneCpu_whateverTheNumbers() {
        for (int cpus = 1; cpus <= 5; cpus++) {
            for (int vectors = 1; vectors <= 12; vectors++) {
                GuestSettings settings = settings(cpus, 11, vectors);
                Map<Integer, Integer> cpuOfVector = new HashMap<>();
                for (int id = 1; id <= 11; id++) {
                    int vector = settings.vector(id);
                    assertThat(vector).isBetween(0, vectors - 1);
                    Integer before = cpuOfVector.put(vector, settings.cpu(id));
                    assertThat(before == null || before == settings.cpu(id))
                            .as("%d CPUs, %d vectors, pair %d", cpus, vectors, id)
                            .isTrue();
                }
                assertThat(cpuOfVector.containsKey(0)).isEqualTo(vectors == 1);
            }
        }
    }

    @Test
    void functionWithFewVectors_limitsTheHost() {
        assertThat(settings(2, 8, 100).withVectorsOf(9).sharesVectors()).isFalse();
        assertThat(settings(2, 8, 100).withVectorsOf(8).sharesVectors()).isTrue();
        assertThat(settings(2, 8, 4).withVectorsOf(9).vectorsMax()).isEqualTo(4);
    }

    @Test
    void impossibleSettings_areRefusedWithTheRange() {
        assertRefused(0, 64, 4096, 2, "use 1 to 65,535");
        assertRefused(65_536, 64, 4096, 2, "use 1 to 65,535");
        assertRefused(1, 1, 4096, 2, "use 2 to 65,536");
        assertRefused(1, 65_537, 4096, 2, "use 2 to 65,536");
        assertRefused(1, 64, 0, 2, "use 1 to 2,101,248");
        assertRefused(1, 64, GuestSettings.TRANSFER_BYTES_MAX + 1, 2, "use 1 to 2,101,248");
        assertRefused(1, 64, 4096, 0, "use 1 or more");
        assertThatThrownBy(() -> settings(0, 1, 2)).hasMessageContaining("at least one CPU");
        assertThatThrownBy(() -> new GuestSettings.Coalescing(257, 1)).hasMessageContaining("256");
        assertThatThrownBy(() -> new GuestSettings.Coalescing(1, 256)).hasMessageContaining("255");
    }

    private static void assertRefused(
            int pairs, int entries, long transfer, int vectors, String range) {
        assertThatThrownBy(() -> settings(1, pairs, entries, transfer, vectors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(range);
    }

    private static GuestSettings settings(int cpus, int pairs, int vectors) {
        return settings(cpus, pairs, 64, 4096, vectors);
    }

    private static GuestSettings settings(
            int cpus, int pairs, int entries, long transfer, int vectors) {
        TestInbox<PciAccess> lane = TestInbox.create("lane");
        return new GuestSettings(
                new GuestSettings.Machine(
                        TestMemory.machine(4096),
                        new PageAllocator(0, 4096),
                        new PciPort(List.of(lane.getRef())),
                        new InterruptRoutes(),
                        () -> 0,
                        Collections.nCopies(cpus, DispatcherSelector.defaultDispatcher()),
                        _ -> LatencyRecorder.NONE),
                pairs,
                entries,
                transfer,
                true,
                new GuestSettings.Coalescing(1, 0),
                vectors,
                HostPolicies.LINUX,
                null);
    }
}
