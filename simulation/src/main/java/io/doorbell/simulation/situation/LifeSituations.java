package io.doorbell.simulation.situation;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.InterruptState;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubsystemReset;

/** What resets, shutdowns and failures meet. */
final class LifeSituations extends Detector {
    private static final int THIRD = 3;

    private int epochs;

    LifeSituations(BusModel model, Sightings sightings) {
        super(model, sightings);
    }

    @Override
    public void epochBegan() {
        metIf(++epochs == THIRD, Situation.THIRD_EPOCH);
    }

    @Override
    public void epochEnded() {
        metIf(hasIoInFlight(), Situation.RESET_WITH_COMMANDS);
        metIf(anySubmissionQueue(queue -> queue.fetchable() > 0), Situation.RESET_WITH_ENTRIES);
        metIf(anyCompletionQueue(queue -> queue.unread() > 0), Situation.RESET_WITH_UNREAD);
        metIf(anyCompletionQueue(CompletionQueueState::isFull), Situation.RESET_WHILE_FULL);
        metIf(anyCompletionQueue(this::awaitsMessage), Situation.RESET_BEFORE_INTERRUPT);
        metIf(anyCompletionQueue(this::awaitsDelivery), Situation.RESET_BEFORE_DELIVERY);
        metIf(model().isCreatingQueues(), Situation.RESET_WHILE_CREATING);
        metIf(anySubmissionQueue(SubmissionQueueState::isDeleting), Situation.RESET_WHILE_DELETING);
        CommandTable commands = model().commands();
        boolean admin = false;
        boolean requests = false;
        for (int command = 0; command < commands.numbersEnd(); command++) {
            if (commands.isOutstanding(command) && commands.queueId(command) == 0) {
                boolean isRequest =
                        commands.opcode(command) == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST;
                requests |= isRequest;
                admin |= !isRequest;
            }
        }
        metIf(admin, Situation.RESET_WITH_ADMIN_COMMANDS);
        metIf(requests, Situation.RESET_WITH_EVENT_REQUESTS);
    }

    private boolean awaitsMessage(CompletionQueueState queue) {
        InterruptState interrupts = model().interrupts();
        return queue.signals()
                && queue.unread() > 0
                && queue.vector() < interrupts.vectors()
                && queue.lastPost() > interrupts.sentThrough(queue.vector());
    }

    private boolean awaitsDelivery(CompletionQueueState queue) {
        InterruptState interrupts = model().interrupts();
        return queue.signals()
                && queue.vector() < interrupts.vectors()
                && interrupts.inFlight(queue.vector()) > 0;
    }

    @Override
    public void registerWritten(long offsetBytes, int widthBytes, long value) {
        if (offsetBytes == Registers.CC) {
            boolean asksForShutdown =
                    ControllerConfiguration.shutdownNotification((int) value) != 0
                            && !model().registers().shutdownAsked();
            metIf(asksForShutdown && hasIoInFlight(), Situation.SHUTDOWN_WITH_COMMANDS);
        }
        metIf(
                offsetBytes == Registers.NSSR && (int) value == SubsystemReset.RESET,
                Situation.RESET_OF_SUBSYSTEM);
    }

    @Override
    public void registerRead(long offsetBytes, int widthBytes, long value) {
        if (offsetBytes != Registers.CSTS) {
            return;
        }
        int status = (int) value;
        if (ControllerStatus.isDeviceGone(status)) {
            met(Situation.GONE_SEEN);
            return;
        }
        boolean ready = ControllerStatus.ready(status);
        boolean enabled = model().registers().isEnabled();
        metIf(ControllerStatus.fatal(status), Situation.FATAL_SEEN);
        metIf(enabled && !ready, Situation.NOT_READY_YET);
        metIf(!enabled && ready, Situation.STILL_READY);
    }

    /** The device has loaded from memory, or stored there. */
    void memoryTouched() {
        metIf(!model().isRunning() && !model().isIdle(), Situation.ACCESS_AFTER_DISABLE);
    }

    void functionReset() {
        met(Situation.RESET_OF_FUNCTION);
    }

    void partFailed() {
        met(Situation.PART_FAILS);
    }
}
