package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Errno;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * Refuses what the function does not answer in time. QEMU waits for five seconds, and a reply that
 * comes later ends the virtual machine, while an error is survived.
 */
final class Overdue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Overdue.class);

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Cancellable timer;

    Overdue(ReplyQueue replies, ActorSystem<?> system) {
        timer =
                system.scheduler()
                        .scheduleAtFixedRate(
                                INTERVAL, INTERVAL, () -> look(replies), system.executionContext());
    }

    private static void look(ReplyQueue replies) {
        ReplyQueue.Place place;
        while ((place = replies.overdue(LIMIT.toNanos())) != null) {
            log.warn(
                    "The function has not answered for {} s; its client is told so.",
                    LIMIT.toSeconds());
            replies.refuse(place, Errno.EIO);
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
