package io.doorbell.testkit.host;

import io.doorbell.spec.Status;
import io.doorbell.spec.log.AsynchronousEvent;

/**
 * Waits for asynchronous events, and sees to it that the controller can report them (Base §5.2).
 */
final class EventProbe {
    private final Host host;
    private final HostQueue queue;

    EventProbe(Host host) {
        this.host = host;
        this.queue = host.adminQueue();
    }

    void expectEvent(int expected) {
        requestIfNone();
        if (!host.await(queue::hasCompletion)) {
            Expect.fail(
                    "no asynchronous event within %,d ms (%d requests outstanding), expected %s"
                            .formatted(
                                    host.patienceNanos() / 1_000_000,
                                    queue.eventRequests(),
                                    AsynchronousEvent.describe(expected)));
        }
        Completion completion = takeEvent();
        if (completion.dw0() != expected) {
            Expect.fail(
                    "asynchronous event is %s, expected %s"
                            .formatted(
                                    AsynchronousEvent.describe(completion.dw0()),
                                    AsynchronousEvent.describe(expected)));
        }
    }

    void expectNoEvent(long nanos) {
        requestIfNone();
        if (host.function().runUntil(queue::hasCompletion, nanos)) {
            Expect.fail(
                    "unexpected asynchronous event: "
                            + AsynchronousEvent.describe(takeEvent().dw0()));
        }
    }

    private void requestIfNone() {
        if (queue.eventRequests() == 0) {
            host.requestEvent();
        }
    }

    private Completion takeEvent() {
        int before = queue.eventRequests();
        Completion completion = queue.expectCompletion();
        queue.ringHead();
        if (queue.eventRequests() == before) {
            Expect.fail("%s is not an Asynchronous Event Request".formatted(completion));
        }
        Expect.status(completion, Status.SUCCESS);
        return completion;
    }
}
