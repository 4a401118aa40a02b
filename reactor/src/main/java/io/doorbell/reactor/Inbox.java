package io.doorbell.reactor;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where other threads leave tasks for a reactor: many producers, one consumer, first in first out.
 *
 * <p>One word holds everything that producers and consumer must agree on:
 *
 * <pre>
 *  UNSTARTED ──offer──▶ tasks ◀──offer── empty ──park──▶ PARKED ──offer──▶ tasks
 *      │                  └───poll takes all──▶ ▲ │                └─unpark─▶ empty
 *      └────────────────── close ──────────────▶ CLOSED ◀──close── empty
 * </pre>
 *
 * <p>So a wake-up cannot be lost and a task cannot slip into a reactor that has ended: either
 * side's compare-and-set fails when the other was first. Exactly one producer is told to wake the
 * consumer. The price is a node per task; a ready mailbox costs one task however many messages it
 * holds.
 */
final class Inbox {
    /** What the producer of a task must do next. */
    enum Outcome {
        /** Nothing: the consumer is awake and will find the task. */
        ACCEPTED,
        /** Start the consumer's thread. */
        MUST_START,
        /** Unpark the consumer's thread. */
        MUST_WAKE,
        /** Run it elsewhere or report it: nobody will take it here. */
        REJECTED
    }

    private static final class Node {
        final Runnable task;
        @Nullable Node next;

        Node(Runnable task) {
            this.task = task;
        }
    }

    /**
     * What the consumer took and has not yet run. An object of its own: producers never touch it.
     */
    private static final class Batch {
        @Nullable Node oldest;
    }

    private static final Node UNSTARTED = new Node(() -> {});
    private static final Node PARKED = new Node(() -> {});
    private static final Node CLOSED = new Node(() -> {});

    // The word sits alone in the middle of 128 bytes, or other cores' writes would evict
    // neighbours.
    private static final int WORD = 16;
    private final AtomicReferenceArray<@Nullable Node> words = new AtomicReferenceArray<>(2 * WORD);
    private final Batch batch = new Batch();

    Inbox() {
        words.set(WORD, UNSTARTED);
    }

    /** Any thread. */
    Outcome offer(Runnable task) {
        Node node = new Node(task);
        while (true) {
            Node head = words.get(WORD);
            if (head == CLOSED) {
                return Outcome.REJECTED;
            }
            boolean waiting = head == PARKED || head == UNSTARTED;
            node.next = waiting ? null : head;
            if (words.compareAndSet(WORD, head, node)) {
                return !waiting
                        ? Outcome.ACCEPTED
                        : head == PARKED ? Outcome.MUST_WAKE : Outcome.MUST_START;
            }
        }
    }

    /** Consumer: the task offered first, or null. */
    @Nullable Runnable poll() {
        Node node = batch.oldest;
        if (node == null) {
            if (isEmpty()) { // the usual case: no atomic exchange for it
                return null;
            }
            node = oldestFirst(words.getAndSet(WORD, null));
        }
        if (node == null) {
            return null;
        }
        batch.oldest = node.next;
        return node.task;
    }

    private static @Nullable Node oldestFirst(@Nullable Node newest) {
        Node done = null;
        Node node = newest;
        while (node != null) {
            Node older = node.next;
            node.next = done;
            done = node;
            node = older;
        }
        return done;
    }

    /** Consumer: whether nobody has offered anything since the last batch was taken. */
    boolean isEmpty() {
        Node head = words.get(WORD);
        return head == null || head == UNSTARTED;
    }

    /** Consumer, having polled null: true if it may now park, and the next offer will wake it. */
    boolean park() {
        return words.compareAndSet(WORD, null, PARKED);
    }

    /** Consumer, after parking, whatever woke it. */
    void unpark() {
        words.compareAndSet(WORD, PARKED, null);
    }

    /** Consumer, having polled null: true if from now on every offer is rejected. */
    boolean close() {
        return words.compareAndSet(WORD, null, CLOSED);
    }

    /** Any thread: closes the inbox of a consumer that was never needed. False if it was. */
    boolean closeUnstarted() {
        return words.compareAndSet(WORD, UNSTARTED, CLOSED);
    }
}
