package io.doorbell.testkit.conformance.chapters;

import io.doorbell.testkit.host.HostQueue;

/**
 * Doorbell writes that no host may make (Base §3.3.1.2), on a queue pair that has nothing to do.
 */
final class InvalidRing {
    static final long TAIL_OF_QUEUE_SIZE = 0;
    static final long TAIL_OF_ALL_ONES = 1;
    static final long TAIL_UNCHANGED = 2;
    static final long HEAD_OF_QUEUE_SIZE = 3;
    static final long HEAD_OF_ALL_ONES = 4;
    static final long HEAD_UNCHANGED = 5;
    static final long HEAD_PAST_TAIL = 6;

    private InvalidRing() {}

    static void write(HostQueue queue, long kind) {
        switch ((int) kind) {
            case (int) TAIL_OF_QUEUE_SIZE -> queue.ring(queue.entries());
            case (int) TAIL_OF_ALL_ONES -> queue.ring(0xFFFF);
            case (int) TAIL_UNCHANGED -> queue.ring(queue.tail());
            case (int) HEAD_OF_QUEUE_SIZE -> queue.ringHead(queue.completionEntries());
            case (int) HEAD_OF_ALL_ONES -> queue.ringHead(0xFFFF);
            case (int) HEAD_UNCHANGED -> queue.ringHead(queue.head());
            case (int) HEAD_PAST_TAIL ->
                    queue.ringHead((queue.head() + 1) % queue.completionEntries());
            default -> throw new IllegalArgumentException("No such kind: " + kind);
        }
    }
}
