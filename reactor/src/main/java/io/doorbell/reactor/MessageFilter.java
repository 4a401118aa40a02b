package io.doorbell.reactor;

import org.apache.pekko.actor.ActorPath;

/**
 * Stands between those who send messages and the mailboxes of those who get them: for tools that
 * change what arrives. Called on the threads of the senders.
 */
@FunctionalInterface
public interface MessageFilter {
    /** Every message arrives at once. */
    MessageFilter NONE = (_, _, delivery) -> delivery.arrive();

    /** What can become of a message: it arrives, each time this is called, now or later. */
    interface Delivery {
        /** Puts the message into the mailbox. */
        void arrive();

        /** Puts another one there instead. */
        void arriveAs(Object other);
    }

    /** A message has been sent; if nothing is done with the delivery, it is lost. */
    void sent(ActorPath receiver, Object message, Delivery delivery);
}
