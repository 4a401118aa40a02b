package io.doorbell.testkit.interrupts;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.pci.InterruptReason;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.HostQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each interrupt says why it was sent, to the trace. */
class InterruptReasonTest {
    private static final int FOUR_OR_ONE_MILLI = 10 << 8 | 3;
    private static final long MILLI_NANOS = 1_000_000;

    private final TracedInterrupts traced = new TracedInterrupts();

    @AfterEach
    void close() {
        traced.close();
    }

    private HostQueue queue(int coalescing) {
        HostQueue queue = traced.host.start().createPair(1, 64);
        traced.host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_COALESCING, coalescing));
        traced.forget();
        return queue;
    }

    @Test
    void withoutCoalescing_saysSo() {
        queue(0).run(Commands.flush(1));
        assertThat(traced.reasons(1)).containsExactly(InterruptReason.NOT_COALESCED);
    }

    @Test
    void error_isNotCoalesced() {
        queue(FOUR_OR_ONE_MILLI).run(Commands.flush(0x777));
        assertThat(traced.reasons(1)).containsExactly(InterruptReason.NOT_COALESCED);
    }

    @Test
    void adminCompletion_isNotCoalesced() {
        queue(FOUR_OR_ONE_MILLI);
        traced.host.adminOk(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES));
        assertThat(traced.reasons(0)).containsExactly(InterruptReason.NOT_COALESCED);
    }

    @Test
    void threshold_saysSo() {
        HostQueue queue = queue(FOUR_OR_ONE_MILLI);
        for (int i = 0; i < 4; i++) {
            queue.run(Commands.flush(1));
        }
        assertThat(traced.reasons(1)).containsExactly(InterruptReason.THRESHOLD);
    }

    @Test
    void time_saysSo() {
        queue(FOUR_OR_ONE_MILLI).run(Commands.flush(1));
        assertThat(traced.reasons(1)).isEmpty();
        traced.host.elapse(MILLI_NANOS);
        assertThat(traced.reasons(1)).containsExactly(InterruptReason.TIME);
    }

    @Test
    void maskedVector_saysUnmaskWhenItIsSent() {
        HostQueue queue = queue(0);
        traced.host.vector(1).setMasked(true);
        queue.run(Commands.flush(1));
        assertThat(traced.reasons(1)).isEmpty();
        traced.host.vector(1).setMasked(false);
        assertThat(traced.reasons(1)).containsExactly(InterruptReason.UNMASK);
    }

    @Test
    void pin_saysSoOnceForEachAssertion() {
        traced.host.startWithPin();
        traced.forget();
        traced.host.adminQueue().submit(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES));
        traced.host.expectPin(true);
        traced.host.adminQueue().submit(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES));
        assertThat(traced.reasons(0)).containsExactly(InterruptReason.PIN);
    }
}
