package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.controller.pci.InterruptReason;
import io.doorbell.controller.pci.InterruptTrace;
import io.doorbell.controller.pci.MsixVector;
import io.doorbell.controller.pci.VectorSwitch;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

/** A vector is opened while its interrupt sends: the message arrives, once (PCIe §3.5.2). */
class MsixVectorRaceTest {
    private static final int ROUNDS = 500;
    private static final int VECTORS = 128;

    @Test
    @Timeout(60)
    void sendAgainstOpen_twoThreads_exactlyOneMessageArrives() {
        List<TestInbox<MsixMessage>> hosts = new ArrayList<>();
        List<VectorSwitch> vectors = new ArrayList<>();
        for (int i = 0; i < VECTORS; i++) {
            hosts.add(TestInbox.create());
            vectors.add(
                    new VectorSwitch(
                            new MsixVector(0, InterruptTrace.NONE),
                            hosts.get(i).getRef(),
                            new MsixMessage(0, i)));
        }
        new ThreadRace(ROUNDS, VECTORS)
                .run(
                        i -> vectors.get(i).vector().send(InterruptReason.NOT_COALESCED),
                        i -> vectors.get(i).open(),
                        round -> {
                            for (int i = 0; i < VECTORS; i++) {
                                assertThat(hosts.get(i).getAllReceived())
                                        .as("round %d vector %d", round, i)
                                        .containsExactly(new MsixMessage(0, i));
                                assertThat(vectors.get(i).isPending()).isFalse();
                                vectors.get(i).close();
                            }
                        });
    }
}
