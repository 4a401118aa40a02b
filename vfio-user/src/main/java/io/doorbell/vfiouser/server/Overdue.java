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
        this(replies, system, LIMIT, INTERVAL);
    }

    /** With another limit, looked at each {@code interval}. */
    Overdue(ReplyQueue replies, ActorSystem<?> system, Duration limit, Duration interval) {
        timer =
                system.scheduler()
                        .scheduleAtFixedRate(
                                interval,
                                interval,
                                () -> look(replies, limit),
                                system.executionContext());
    }

    private static void look(ReplyQueue replies, Duration limit) {
        ReplyQueue.Place place;
        while ((place = replies.overdue(limit.toNanos())) != null) {
            log.warn(
                    "The function has not answered for {} s; its client is told so.",
                    limit.toSeconds());
            replies.refuse(place, Errno.EIO);
        }
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
