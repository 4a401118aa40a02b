package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.PinChanged;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;

import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.IntStream;

/** Interrupts by pin while queues live on one thread or several (PCIe §3.5.1). */
class PinTest {
    private static final int ROUNDS = 200;
    private static final int READS_MAX = 200_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void pin_isAssertedWhileAnyQueueIsNotEmpty(int reactors) {
        try (TestHost host = TestHost.machine().reactors(reactors).start()) {
            Line line = new Line(host);
            host.enable();
            List<TestQueue> queues =
                    IntStream.rangeClosed(1, 4)
                            .mapToObj(id -> host.createQueuePair(id, 16))
                            .toList();
            host.messageControl(0);
            for (int round = 0; round < ROUNDS; round++) {
                queues.forEach(queue -> host.submit(queue, IoCommand::flush));
                awaitInterruptDue(host);
                queues.forEach(queue -> consume(host, queue));
                assertThat(isInterruptDue(host)).as("the first load after the heads").isFalse();
            }
            line.expectChangesOnly();
            host.messageControl(MsixCapability.CONTROL_ENABLE);
            TestHost.assertSuccess(host.run(queues.getFirst(), IoCommand::flush));
            line.awaitDeasserted();
        }
    }

    private static void awaitInterruptDue(TestHost host) {
        for (int reads = 0; !isInterruptDue(host); reads++) {
            assertThat(reads).as("reads of the status register").isLessThan(READS_MAX);
        }
    }

    private static boolean isInterruptDue(TestHost host) {
        return (host.readConfig(ConfigurationHeader.STATUS_OFFSET_BYTES, 2)
                        & ConfigurationHeader.STATUS_INTERRUPT)
                != 0;
    }

    private static void consume(TestHost host, TestQueue queue) {
        while (queue.poll() == null) {
            Thread.onSpinWait();
        }
        host.write(Doorbells.completionHeadOffset(queue.completionId, 0), 4, queue.head());
    }

    /** The wire, as the host sees it. */
    private static final class Line {
        private final TestProbe<PinChanged> changes;
        private boolean asserted;

        Line(TestHost host) {
            changes = host.testKit().createTestProbe(PinChanged.class);
            host.routes().connectPin(changes.getRef());
        }

        void awaitDeasserted() {
            while (asserted) {
                take(changes.receiveMessage());
            }
        }

        /** What has arrived by now alternates; a change may still be on its way. */
        void expectChangesOnly() {
            for (int i = 0; i < ROUNDS; i++) {
                take(changes.receiveMessage());
            }
        }

        private void take(PinChanged change) {
            assertThat(change.asserted()).isNotEqualTo(asserted);
            asserted = change.asserted();
        }
    }
}
