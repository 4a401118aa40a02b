package io.doorbell.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.testkit.junit.DoorbellExtension;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the probes of interrupts, completions and events say when they fail. */
@ExtendWith(DoorbellExtension.class)
class HostProbesTest {
    private static final long MILLISECOND = 1_000_000;
    private static final int NO_QUEUE = AsynchronousEvent.INVALID_DOORBELL_REGISTER;

    private final Host host;

    HostProbesTest(Host host) {
        this.host = host;
    }

    @BeforeEach
    void start() {
        host.start();
    }

    private static void assertFails(ThrowingCallable probe, String message) {
        assertThatThrownBy(probe).isInstanceOf(AssertionError.class).hasMessage(message);
    }

    // ---- interrupts --------------------------------------------------------------------------

    @Test
    void expectInterrupt_saysWhatHoldsItBack() {
        Vector vector = host.vector(1);
        assertFails(
                () -> vector.expectInterrupt(MILLISECOND),
                "no interrupt of vector 1 within 1,000 us (MSI-X on, function unmasked, entry"
                        + " unmasked, not pending; 0 came before)");
        HostQueue queue = host.createPair(1, 64);
        queue.run(Commands.flush(1));
        vector.expectInterrupt();
        vector.setMasked(true);
        host.setMsix(true, true);
        queue.run(Commands.flush(1));
        assertFails(
                vector::expectInterrupt,
                "no interrupt of vector 1 within 5,000,000 us (MSI-X on, function masked, entry"
                        + " masked, pending; 1 came before)");
    }

    @Test
    void expectNoInterrupt_saysWhenItCame() {
        Vector vector = host.vector(1);
        HostQueue queue = host.createPair(1, 64);
        vector.expectNoInterrupt(MILLISECOND);
        queue.submit(Commands.flush(1));
        assertFails(
                () -> vector.expectNoInterrupt(MILLISECOND),
                "unexpected interrupt of vector 1 after 0 ns");
    }

    // ---- completions -------------------------------------------------------------------------

    @Test
    void expectCompletion_saysWhereTheQueueStands() {
        HostQueue queue = host.createPair(1, 64);
        queue.put(Commands.flush(1)); // and no ring
        assertFails(
                queue::expectCompletion,
                "no completion in CQ 1 within 5,000 ms (head 0, phase 1, SQ tail 1)");
    }

    @Test
    void expectNoCompletion_saysWhatCame() {
        HostQueue queue = host.createPair(1, 64);
        queue.expectNoCompletion(MILLISECOND);
        queue.submit(Commands.flush(9));
        assertFails(
                () -> queue.expectNoCompletion(MILLISECOND),
                "unexpected completion in CQ 1 after 0 ns: command 0001h of SQ 1 (DW0 00000000h,"
                        + " SQHD 1, status 400Bh)");
    }

    // ---- events ------------------------------------------------------------------------------

    private void makeError() {
        host.ringSubmission(9, 1);
    }

    @Test
    void expectAsyncEvent_requestsOneIfNoneIsOutstanding() {
        makeError();
        host.expectAsyncEvent(AsynchronousEvent.TYPE_ERROR, 0, LogPageId.ERROR_INFORMATION);
        assertThat(host.adminQueue().eventRequests()).isZero();
    }

    @Test
    void expectAsyncEvent_usesTheRequestThatIsOutstanding() {
        host.adminQueue().submit(Commands.asynchronousEventRequest());
        int tail = host.adminQueue().tail();
        makeError();
        host.expectAsyncEvent(NO_QUEUE);
        assertThat(host.adminQueue().tail()).isEqualTo(tail);
    }

    @Test
    void expectAsyncEvent_afterARestartRequestsAgain() {
        host.requestEvent();
        host.restart();
        makeError();
        host.expectAsyncEvent(NO_QUEUE);
    }

    @Test
    void expectAsyncEvent_saysThatNoneCame() {
        assertFails(
                () -> host.expectAsyncEvent(NO_QUEUE),
                "no asynchronous event within 5,000 ms (1 requests outstanding), expected error,"
                        + " information 00h, log page 01h (Error Information)");
    }

    @Test
    void expectAsyncEvent_saysWhatCameInstead() {
        makeError();
        assertFails(
                () -> host.expectAsyncEvent(AsynchronousEvent.TEMPERATURE_THRESHOLD),
                "asynchronous event is error, information 00h, log page 01h (Error Information),"
                        + " expected SMART, information 01h, log page 02h (SMART / Health"
                        + " Information)");
    }

    @Test
    void completionOfAnotherCommand_isNoEvent() {
        host.adminQueue().submit(Commands.getFeature(7));
        assertThatThrownBy(() -> host.expectAsyncEvent(0))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of SQ 0")
                .hasMessageEndingWith("is not an Asynchronous Event Request");
    }

    @Test
    void expectNoAsyncEvent_requestsOneAndSaysWhatCame() {
        host.expectNoAsyncEvent(MILLISECOND);
        assertThat(host.adminQueue().eventRequests()).isEqualTo(1);
        makeError();
        assertFails(
                () -> host.expectNoAsyncEvent(MILLISECOND),
                "unexpected asynchronous event: error, information 00h, log page 01h (Error"
                        + " Information)");
    }
}
