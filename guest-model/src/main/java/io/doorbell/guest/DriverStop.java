package io.doorbell.guest;

import io.doorbell.guest.GuestDriver.ShutDownDone;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.DeleteQueue;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * Shutting a controller down, in the order of Linux's driver: delete the submission queues, then
 * the completion queues, then CC.SHN (Base §3.6.1).
 */
final class DriverStop {
    private static final long SHUTDOWN_LIMIT_NANOS = 5_000_000_000L; // Linux, when RTD3E is 0

    private final DriverStart started;
    private final RegisterAccess registers;
    private final StatusPoll poll;

    DriverStop(DriverStart started, RegisterAccess registers, StatusPoll poll) {
        this.started = started;
        this.registers = registers;
        this.poll = poll;
    }

    void shutDown(ActorRef<ShutDownDone> replyTo) {
        deleteQueues(
                AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                started.queuePairsCreated(),
                replyTo,
                () ->
                        deleteQueues(
                                AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                                started.queuePairsCreated(),
                                replyTo,
                                () -> notifyShutdown(replyTo)));
    }

    private void deleteQueues(
            int opcode, int queueId, ActorRef<ShutDownDone> replyTo, Runnable next) {
        if (queueId == 0) {
            next.run();
            return;
        }
        started.admin()
                .submit(
                        entry -> DeleteQueue.queueId(entry.opcode(opcode), queueId),
                        outcome -> {
                            if (outcome.isSuccess()) {
                                deleteQueues(opcode, queueId - 1, replyTo, next);
                            } else {
                                replyTo.tell(
                                        new ShutDownDone(
                                                "%s of queue %,d failed: %s"
                                                        .formatted(
                                                                AdminOpcode.name(opcode),
                                                                queueId,
                                                                Status.describe(
                                                                        outcome.status()))));
                            }
                        });
    }

    private void notifyShutdown(ActorRef<ShutDownDone> replyTo) {
        registers.read(
                Registers.CC,
                configuration -> {
                    registers.write(
                            Registers.CC,
                            ControllerConfiguration.withShutdownNotification(
                                    (int) configuration, ControllerConfiguration.SHUTDOWN_NORMAL));
                    poll.await(
                            status ->
                                    ControllerStatus.shutdownStatus(status)
                                            == ControllerStatus.SHUTDOWN_COMPLETE,
                            SHUTDOWN_LIMIT_NANOS,
                            () -> replyTo.tell(new ShutDownDone("")),
                            status ->
                                    replyTo.tell(
                                            new ShutDownDone(
                                                    "CSTS.SHST is not complete after 5 s, CSTS is"
                                                            + " %xh".formatted(status))));
                });
    }
}
