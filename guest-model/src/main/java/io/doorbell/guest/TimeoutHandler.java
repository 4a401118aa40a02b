package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.guest.HostPolicies.TimeoutReaction;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.command.Abort;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What to do about commands that take too long, as Linux's nvme_timeout: a look at CSTS, a look at
 * the completion queue, an Abort, a reset.
 */
final class TimeoutHandler {
    private final HostPolicies.Recovery policy;
    private final @Nullable HostWatcher watcher;
    private final DriverLife life;
    private final DriverStart start;
    private final RegisterAccess registers;
    private final StatusPoll poll;
    private final Consumer<String> reset;
    private int abortsLeft;

    /**
     * @param reset told why the controller is to be reset
     */
    TimeoutHandler(
            GuestSettings settings,
            DriverLife life,
            DriverStart start,
            RegisterAccess registers,
            StatusPoll poll,
            Consumer<String> reset) {
        this.policy = settings.policies().recovery();
        this.watcher = settings.watcher();
        this.life = life;
        this.start = start;
        this.registers = registers;
        this.poll = poll;
        this.reset = reset;
    }

    /** The controller is in use from here on. */
    void began() {
        ControllerSetup setup = start.setup();
        abortsLeft = setup == null ? 0 : setup.abortsMax();
        watchLater();
    }

    void onOverdue(QueueOrder.Overdue command) {
        if (!isCurrent(command) || policy.reaction() == TimeoutReaction.REPORT) {
            return;
        }
        registers.read(
                Registers.CSTS,
                status -> {
                    if (isCurrent(command) && !isLost((int) status)) {
                        if (policy.pollsFirst()) {
                            queue(command).tell(new QueueOrder.LookFor(command));
                        } else {
                            onMissing(command);
                        }
                    }
                });
    }

    /** It has not completed. */
    void onMissing(QueueOrder.Overdue command) {
        if (!isCurrent(command)) {
            return;
        }
        if (policy.reaction() == TimeoutReaction.RESET || command.aborted()) {
            reset.accept(
                    "command %04Xh of queue %,d is overdue: %s"
                            .formatted(
                                    command.commandId(),
                                    command.submissionQueueId(),
                                    command.what()));
            return;
        }
        AdminCommands commands = start.commands();
        if (abortsLeft > 0 && commands != null && commands.hasRoom()) {
            abort(commands, command);
        }
    }

    private void abort(AdminCommands commands, QueueOrder.Overdue command) {
        abortsLeft--;
        int queueId = command.submissionQueueId();
        int commandId = command.commandId();
        queue(command).tell(new QueueOrder.AbortSent(commandId));
        if (watcher != null) {
            watcher.abortSent(queueId, commandId);
        }
        commands.attempt(
                "Abort",
                entry -> {
                    entry.opcode(AdminOpcode.ABORT);
                    Abort.queueId(entry, queueId);
                    Abort.commandId(entry, commandId);
                },
                outcome -> {
                    abortsLeft++;
                    if (watcher != null) {
                        watcher.abortEnded(queueId, commandId, outcome.status(), outcome.result());
                    }
                },
                reset);
    }

    private ActorRef<HostMessage> queue(QueueOrder.Overdue command) {
        return start.queues().get(command.queueId() - 1);
    }

    private boolean isCurrent(QueueOrder.Overdue command) {
        return life.isLive() && command.epoch() == life.epoch;
    }

    /** Whether CSTS says that only a reset helps; has it done then. */
    private boolean isLost(int status) {
        if (ControllerStatus.isDeviceGone(status)) {
            reset.accept("CSTS reads all ones: the device has gone");
        } else if (ControllerStatus.fatal(status)
                || ControllerStatus.subsystemResetOccurred(status)
                || !ControllerStatus.ready(status)) {
            reset.accept("CSTS is %xh".formatted(status));
        } else {
            return false;
        }
        return true;
    }

    private void watchLater() {
        Duration interval = policy.watchdogInterval();
        if (!interval.isZero()) {
            poll.after(interval, this::watch);
        }
    }

    private void watch() {
        if (life.isLive()) {
            registers.read(
                    Registers.CSTS,
                    status -> {
                        if (life.isLive() && !isLost((int) status)) {
                            watchLater();
                        }
                    });
        }
    }
}
