package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.InterruptState;
import io.doorbell.simulation.observe.Posting;

import java.util.BitSet;

/**
 * I23 for messages: each tells of something. Several entries may have had one message, and a
 * message may be sent behind an entry that the next one is for; so entries are counted until the
 * world is quiet.
 */
final class SpuriousInterrupts extends Oracle {
    private final int[] untold; // by vector: messages that may still come
    private final BitSet vectors = new BitSet(); // those with any

    SpuriousInterrupts(Oracle.Post post) {
        super(
                post,
                "I23",
                "Each interrupt message follows a new entry in a completion queue of its vector that has interrupts enabled.",
                "Base 2.0 §3.3.1.2, §5.5");
        untold = new int[post.model().facts().vectors()];
    }

    @Override
    public void posting(Posting posting) {
        CompletionQueueState queue = posting.queue();
        if (queue.signals() && queue.vector() < untold.length) {
            untold[queue.vector()]++;
            vectors.set(queue.vector());
        }
    }

    @Override
    public void interruptSent(int vector) {
        if (vector == InterruptState.NONE) {
            return;
        }
        if (untold[vector] > 0) {
            untold[vector]--;
        } else if (model().isServing()
                && !model().interrupts().isExcused(vector)
                && !hasExcusedQueue(vector)) {
            broken(
                    "a new entry in a completion queue of vector " + vector,
                    "a message, and none was posted since the last one");
        }
    }

    /** An entry that a fault took or made late was told of all the same. */
    private boolean hasExcusedQueue(int vector) {
        for (int id = 0; id < model().queueIdsEnd(); id++) {
            CompletionQueueState queue = model().completionQueue(id);
            if (queue != null && queue.isExcused() && queue.vector() == vector) {
                return true;
            }
        }
        return false;
    }

    /** What has not been told of by now will not be, unless a mask or a timer holds it back. */
    @Override
    public void quiet(long untilNanos) {
        InterruptState interrupts = model().interrupts();
        if (vectors.isEmpty() || untilNanos - model().nanos() <= interrupts.timeNanos()) {
            return;
        }
        for (int vector = vectors.nextSetBit(0);
                vector >= 0;
                vector = vectors.nextSetBit(vector + 1)) {
            if (interrupts.withheld(vector) == 0 && model().isOpen(vector)) {
                untold[vector] = 0;
                vectors.clear(vector);
            }
        }
    }
}
