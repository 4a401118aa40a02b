package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;

import org.apache.pekko.actor.typed.ActorRef;

import java.util.List;
import java.util.function.IntFunction;

/** Gives all queues an order, and goes on when each has followed it. One at a time. */
final class QueueBarrier {
    private int number;
    private int awaited;
    private Runnable next = () -> {};

    void order(
            List<ActorRef<HostMessage>> queues, IntFunction<QueueOrder> order, Runnable whenDone) {
        number++;
        awaited = queues.size();
        next = whenDone;
        if (awaited == 0) {
            next.run();
        }
        for (ActorRef<HostMessage> queue : queues) {
            queue.tell(order.apply(number));
        }
    }

    void done(QueueOrder.Done done) {
        if (done.number() == number) {
            awaited--;
            if (awaited == 0) {
                next.run();
            }
        }
    }

    /** What was to follow no longer matters. */
    void forget() {
        number++;
    }
}
