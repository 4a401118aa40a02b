package io.doorbell.bus.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class PciTest {
    private final InterruptRoutes routes = new InterruptRoutes();
    private final TestInbox<MsixMessage> handler = TestInbox.create("handler");

    @Test
    void reservedMessage_reachesItsTarget_untilReleased() {
        MsixMessage message = routes.reserve(handler.getRef());
        MsixMessage other = routes.reserve(TestInbox.<MsixMessage>create("other").getRef());

        MsixMessage asStoredByTheDevice = new MsixMessage(message.address(), message.data());
        assertThat(routes.target(asStoredByTheDevice)).isEqualTo(handler.getRef());
        routes.release(message);
        assertThat(routes.target(message)).isNull();
        assertThat(routes.target(other)).isNotNull();
    }

    @Test
    void everyRoute_hasAMessageOfItsOwn() {
        Set<MsixMessage> messages = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            assertThat(messages.add(routes.reserve(handler.getRef()))).isTrue();
        }
        assertThat(messages).allMatch(message -> (message.address() & 3) == 0);
    }

    @Test
    void messageNobodyReserved_reachesNobody() {
        assertThat(routes.target(new MsixMessage(0, 0))).isNull();
        assertThat(routes.target(new MsixMessage(0xFEE0_0000L, 77))).isNull();
    }

    @Test
    void initiators_shareLanesInTurn() {
        TestInbox<PciAccess> first = TestInbox.create("lane-0");
        TestInbox<PciAccess> second = TestInbox.create("lane-1");
        PciPort port = new PciPort(List.of(first.getRef(), second.getRef()));
        assertThat(port.lane(0)).isEqualTo(port.lane(2)).isEqualTo(first.getRef());
        assertThat(port.lane(1)).isEqualTo(port.lane(3)).isEqualTo(second.getRef());
    }

    @Test
    void portWithoutLanes_isRefused() {
        assertThatThrownBy(() -> new PciPort(new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one lane");
    }
}
