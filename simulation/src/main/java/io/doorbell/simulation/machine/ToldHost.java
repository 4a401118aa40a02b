package io.doorbell.simulation.machine;

import io.doorbell.guest.HostWatcher;
import io.doorbell.simulation.observe.HostEvents;

import java.util.function.Consumer;

/**
 * Passes on what a host does with its commands.
 *
 * @param late told of each command that is overdue
 */
record ToldHost(HostEvents events, Consumer<String> late) implements HostWatcher {
    private static final int ADMIN_QUEUE = 0;

    @Override
    public void submitted(
            int queueId, int commandId, int slot, int opcode, long startLba, long blocks) {
        if (queueId != ADMIN_QUEUE) {
            events.submitted(queueId, commandId, opcode, startLba, (int) blocks);
        }
    }

    @Override
    public void completed(int queueId, int commandId, int status) {
        if (queueId != ADMIN_QUEUE) {
            events.completed(queueId, commandId, status);
        }
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        if (queueId != ADMIN_QUEUE) {
            events.cancelled(queueId, commandId);
        }
    }

    @Override
    public void timedOut(int queueId, int commandId) {
        events.timedOut(queueId, commandId);
        late.accept(
                "command %04Xh of queue %d is overdue, and nothing had gone wrong"
                        .formatted(commandId, queueId));
    }

    @Override
    public void abortSent(int queueId, int commandId) {
        events.abortMeant(queueId, commandId);
    }

    @Override
    public void completionPolled(int queueId, int commandId) {
        events.foundCompleted(queueId, commandId);
    }

    @Override
    public void unknownCompletion(int queueId, int commandId, int status) {
        events.unknownCompletion(queueId, commandId);
    }

    @Override
    public void queueMissing(boolean isSubmissionQueue, int queueId) {
        events.queueMissing(isSubmissionQueue, queueId);
    }

    @Override
    public void requeued(int queueId, int commandId, int status, int retries) {
        events.sentAgain(queueId, commandId);
    }

    @Override
    public void resetBegun(int epoch, String why) {
        events.resetBegun();
    }

    @Override
    public void resetEnded(int epoch, boolean usable) {
        events.resetEnded();
    }

    @Override
    public void gaveUp(int queueId, int commandId, int status) {
        events.gaveUp(queueId, commandId);
    }
}
