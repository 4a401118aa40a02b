package io.doorbell.guest;

import io.doorbell.guest.GuestDriver.ShutDownDone;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.command.DeleteQueue;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Shutting a controller down, in the order of Linux's driver: delete all submission queues, then
 * all completion queues, each kind as many at a time as the admin queue holds; then CC.SHN (Base
 * §3.6.1). A delete that fails does not stop the rest.
 */
final class DriverStop {
    // Linux waits for RTD3E, but within these limits.
    private static final Duration LIMIT_MIN = Duration.ofSeconds(5);
    private static final Duration LIMIT_MAX = Duration.ofSeconds(60);

    private final DriverStart started;
    private final RegisterAccess registers;
    private final StatusPoll poll;
    private String problem = "";

    DriverStop(DriverStart started, RegisterAccess registers, StatusPoll poll) {
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
                    if (ControllerStatus.isDeviceGone(status)) {
                        replyTo.tell(new ShutDownDone("CSTS reads all ones: the device has gone"));
                    } else if (setup == null
                            || ControllerStatus.fatal(status)
                            || !ControllerStatus.ready(status)) {
                        notifyShutdown(setup, replyTo); // it would not answer commands
                    } else {
                        deleteQueues(setup, () -> notifyShutdown(setup, replyTo));
                    }
                });
    }

    private void deleteQueues(ControllerSetup setup, Runnable next) {
        new Deletion(
                        setup.commands(),
                        AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                        setup.pairs().submissionQueuesCreated(),
                        () ->
                                new Deletion(
                                                setup.commands(),
                                                AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                                                setup.pairs().completionQueuesCreated(),
                                                next)
                                        .goOn())
                .goOn();
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

    /** Deletes all queues of one kind, highest id first. */
    private final class Deletion {
        private final AdminCommands commands;
        private final int opcode;
        private final Runnable next;
        private int nextId;
        private int outstanding;

        Deletion(AdminCommands commands, int opcode, int count, Runnable next) {
            this.commands = commands;
            this.opcode = opcode;
            this.nextId = count;
            this.next = next;
        }

        void goOn() {
            while (nextId > 0 && commands.hasRoom()) {
                delete(nextId--);
            }
            if (nextId == 0 && outstanding == 0) {
                nextId = -1; // said once
                next.run();
            }
        }

        private void delete(int queueId) {
            outstanding++;
            String name = "%s %,d".formatted(AdminOpcode.name(opcode), queueId);
            commands.attempt(
                    name,
                    entry -> DeleteQueue.queueId(entry.opcode(opcode), queueId),
                    outcome -> {
                        if (!outcome.isSuccess()) {
                            note(AdminCommands.describe(name, outcome));
                        }
                        ended();
                    },
                    overdue -> {
                        note(overdue);
                        ended();
                    });
        }

        private void ended() {
            outstanding--;
            goOn();
        }
    }
}
