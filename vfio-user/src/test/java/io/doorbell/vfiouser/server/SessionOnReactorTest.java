package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.vfiouser.client.VfioUserClient;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The same rules, and some of its own, for a session that lives on the reactor of its function. */
class SessionOnReactorTest extends SessionTest {
    @Override
    boolean sharesMemory() {
        return true;
    }

    /** Whoever would wait for the answer is the one who receives it. */
    @Test
    void memoryThatComesWithoutAFile_isNotReached() throws Exception {
        try (VfioUserClient client = rig().connect();
                Arena arena = Arena.ofConfined()) {
            FakeFunction function = rig().function();
            client.ask(new Request.DmaMap(3, 0, 0, 4096), List.of());

            assertThat(function.memory().read(0x100, arena.allocate(8, 8), 0, 8))
                    .isEqualTo(DmaStatus.ABORTED);
        }
    }

    /** Many times what there is room for; who waited for room on the reactor would hang. */
    @Test
    void floodOfStores_arrivesWhole() throws Exception {
        int stores = 50_000;
        try (VfioUserClient client = rig().connect();
                Arena arena = Arena.ofConfined()) {
            FakeFunction function = rig().function();
            for (int i = 1; i <= stores; i++) {
                MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, i);
                client.post(new Request.RegionWrite(4L * (i % 64), 0, value));
            }

            for (int i = stores - 63; i <= stores; i++) {
                assertThat(ServerRig.readBar(client, 4 * (i % 64))).isEqualTo(i);
            }
            assertThat(function.isOff()).isFalse();
        }
    }

    @Test
    void floodOfLoads_isAnsweredWhole_alsoWhenTheFunctionIsSlow() throws Exception {
        int loads = 10_000;
        try (VfioUserClient client = rig().connect()) {
            FakeFunction function = rig().function();
            function.hold();
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < loads; i++) {
                replies.add(client.begin(new Request.RegionRead(4L * (i % 64), 0, 4), List.of()));
                if (i == loads / 10) {
                    Thread.ofPlatform().start(function::release);
                }
            }
            for (int i = 0; i < loads; i++) {
                assertThat(VfioUserClient.await(replies.get(i)))
                        .isInstanceOfSatisfying(
                                Reply.RegionData.class,
                                data -> assertThat(data.data().byteSize()).isEqualTo(4));
            }
        }
    }
}
