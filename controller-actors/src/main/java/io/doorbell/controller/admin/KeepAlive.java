package io.doorbell.controller.admin;

import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.Status;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Keep Alive (Base §3.9, §5.18): a host that set a timeout has to say in time that it is there.
 * Only the Keep Alive command says so; other commands do not (CTRATT.TBKAS = 0).
 */
final class KeepAlive {
    private static final int UNIT_MILLIS = 100;

    private final ActorContext<AdminExecutor.Command> context;
    private final int units;
    private long timeoutMillis; // 0: nobody is watched
    private long round; // tells a timer that is too late from the one that counts
    private boolean shuttingDown;
    private @Nullable Cancellable timer;

    /**
     * @param units KAS; 0 if Keep Alive is not offered
     */
    KeepAlive(ActorContext<AdminExecutor.Command> context, int units) {
        this.context = context;
        this.units = units;
    }

    /** The timeout that a host gets that asks for one: whole units of KAS. */
    int rounded(int millis) {
        long unit = (long) units * UNIT_MILLIS;
        long asked = Integer.toUnsignedLong(millis);
        long rounded = (asked + unit - 1) / unit * unit;
        return (int) (rounded > 0xFFFF_FFFFL ? 0xFFFF_FFFFL / unit * unit : rounded);
    }

    /** Feature 0Fh was set; 0 watches nobody. */
    void timeout(int millis) {
        timeoutMillis = Integer.toUnsignedLong(millis);
        restart();
    }

    /** The command. */
    AdminOutcome command() {
        if (units == 0) {
            return AdminOutcome.refused(Status.INVALID_COMMAND_OPCODE);
        }
        restart();
        return AdminOutcome.SUCCESS;
    }

    /** CC was written: a controller that shuts down watches nobody. */
    void onConfiguration(int configuration) {
        boolean asked =
                ControllerConfiguration.shutdownNotification(configuration)
                        != ControllerConfiguration.SHUTDOWN_NONE;
        if (asked != shuttingDown) {
            shuttingDown = asked;
            restart();
        }
    }

    /** The epoch ends; a timer may run for weeks, and would keep what it leads to. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void restart() {
        round++;
        stop();
        if (timeoutMillis > 0 && !shuttingDown) {
            timer =
                    context.scheduleOnce(
                            Duration.ofMillis(timeoutMillis),
                            context.getSelf(),
                            new AdminExecutor.KeepAliveExpired(round));
        }
    }

    /** Whether the timer that expired is the one that counts. */
    boolean isOver(long expiredRound) {
        return expiredRound == round;
    }
}
