package io.doorbell.guest;

import io.doorbell.guest.GuestDriver.ShutDownDone;
import io.doorbell.guest.HostPolicies.QueueDeletion;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Shutting a controller down, in the order of Linux's driver: delete all queues, then CC.SHN (Base
 * §3.6.1).
 */
final class DriverStop {
    // Linux waits for RTD3E, but within these limits.
    private static final Duration LIMIT_MIN = Duration.ofSeconds(5);
    private static final Duration LIMIT_MAX = Duration.ofSeconds(60);

    private final DriverStart started;
    private final RegisterAccess registers;
    private final StatusPoll poll;
    private final QueueDeletion order;
    private String problem = "";

    DriverStop(
            DriverStart started, RegisterAccess registers, StatusPoll poll, QueueDeletion order) {
        this.order = order;
        this.started = started;
        this.registers = registers;
        this.poll = poll;
    }

    void shutDown(ActorRef<ShutDownDone> replyTo) {
        problem = "";
        registers.read(
                Registers.CSTS,
                value -> {
                    int status = (int) value;
                    ControllerSetup setup = started.setup();
                    AdminCommands commands = started.commands();
                    QueuePairs pairs = started.pairs();
                    if (ControllerStatus.isDeviceGone(status)) {
                        replyTo.tell(new ShutDownDone("CSTS reads all ones: the device has gone"));
                    } else if (commands == null
                            || pairs == null
                            || ControllerStatus.fatal(status)
                            || !ControllerStatus.ready(status)) {
                        notifyShutdown(setup, replyTo); // it would not answer commands
                    } else {
                        QueueDeleter deleter =
                                new QueueDeleter(
                                        commands, pairs, order, QueueDeleter.Stop.DONE, null);
                        deleter.run(
                                () -> {
                                    note(deleter.problem());
                                    notifyShutdown(setup, replyTo);
                                });
                    }
                });
    }

    private void notifyShutdown(@Nullable ControllerSetup setup, ActorRef<ShutDownDone> replyTo) {
        int enabled = ControllerConfiguration.withEnabled(started.configuration(), true);
        registers.write(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(
                        enabled, ControllerConfiguration.SHUTDOWN_NORMAL));
        Duration limit = limit(setup);
        poll.await(
                status ->
                        ControllerStatus.shutdownStatus(status)
                                == ControllerStatus.SHUTDOWN_COMPLETE,
                limit.toNanos(),
                () -> replyTo.tell(new ShutDownDone(problem)),
                status -> {
                    note(
                            "CSTS.SHST did not say complete in %,d s, CSTS is %xh"
                                    .formatted(limit.toSeconds(), status));
                    replyTo.tell(new ShutDownDone(problem));
                });
    }

    private static Duration limit(@Nullable ControllerSetup setup) {
        long micros = setup == null ? 0 : setup.shutdownLatencyMicros();
        Duration wanted = Duration.ofSeconds(micros / 1_000_000);
        if (wanted.compareTo(LIMIT_MIN) < 0) {
            return LIMIT_MIN;
        }
        return wanted.compareTo(LIMIT_MAX) > 0 ? LIMIT_MAX : wanted;
    }

    /** The first problem is the one to report: others may follow from it. */
    private void note(String text) {
        if (problem.isEmpty()) {
            problem = text;
        }
    }
}
