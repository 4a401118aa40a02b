package io.doorbell.simulation.observe;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.fault.Strike;

import java.util.List;
import java.util.function.Consumer;

/** Several watchers, told one after the other, always in the same order. */
public final class Observers implements BusObserver {
    private final BusObserver[] all;

    public Observers(List<BusObserver> observers) {
        all = observers.toArray(BusObserver[]::new);
    }

    private void tell(Consumer<BusObserver> event) {
        for (BusObserver each : all) {
            event.accept(each);
        }
    }

    @Override
    public void registerWriteIssued(int bar, long offsetBytes, int widthBytes, long value) {
        tell(each -> each.registerWriteIssued(bar, offsetBytes, widthBytes, value));
    }

    @Override
    public void registerWritten(int bar, long offsetBytes, int widthBytes, long value) {
        tell(each -> each.registerWritten(bar, offsetBytes, widthBytes, value));
    }

    @Override
    public void registerRead(int bar, long offsetBytes, int widthBytes, long value) {
        tell(each -> each.registerRead(bar, offsetBytes, widthBytes, value));
    }

    @Override
    public void configWriteIssued(int offsetBytes, int widthBytes, int value) {
        tell(each -> each.configWriteIssued(offsetBytes, widthBytes, value));
    }

    @Override
    public void configWritten(int offsetBytes, int widthBytes, int value) {
        tell(each -> each.configWritten(offsetBytes, widthBytes, value));
    }

    @Override
    public void functionReset() {
        tell(BusObserver::functionReset);
    }

    @Override
    public void deviceRead(long address, long sizeBytes, DmaStatus status) {
        for (BusObserver each : all) {
            each.deviceRead(address, sizeBytes, status);
        }
    }

    @Override
    public void deviceWrote(long address, long sizeBytes, DmaStatus status) {
        for (BusObserver each : all) {
            each.deviceWrote(address, sizeBytes, status);
        }
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        for (BusObserver each : all) {
            each.deviceWriteVisible(address, sizeBytes);
        }
    }

    @Override
    public void hostWrote(long address, long sizeBytes) {
        for (BusObserver each : all) {
            each.hostWrote(address, sizeBytes);
        }
    }

    @Override
    public void interruptSent(MsixMessage message) {
        tell(each -> each.interruptSent(message));
    }

    @Override
    public void interruptDelivered(MsixMessage message) {
        tell(each -> each.interruptDelivered(message));
    }

    @Override
    public void pinChanged(boolean asserted) {
        tell(each -> each.pinChanged(asserted));
    }

    @Override
    public void actorFailed(String path, Throwable cause) {
        tell(each -> each.actorFailed(path, cause));
    }

    @Override
    public void faultStruck(Strike strike) {
        tell(each -> each.faultStruck(strike));
    }

    @Override
    public void spoiltArrives() {
        tell(BusObserver::spoiltArrives);
    }

    @Override
    public void submitted(int queueId, int commandId, int opcode, long slba, int blocks) {
        tell(each -> each.submitted(queueId, commandId, opcode, slba, blocks));
    }

    @Override
    public void completed(int queueId, int commandId, int status) {
        tell(each -> each.completed(queueId, commandId, status));
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        tell(each -> each.cancelled(queueId, commandId));
    }

    @Override
    public void quiet(long untilNanos) {
        tell(each -> each.quiet(untilNanos));
    }

    @Override
    public void queueMissing(boolean isSubmissionQueue, int queueId) {
        tell(each -> each.queueMissing(isSubmissionQueue, queueId));
    }

    @Override
    public void abortMeant(int queueId, int commandId) {
        tell(each -> each.abortMeant(queueId, commandId));
    }

    @Override
    public void timedOut(int queueId, int commandId) {
        tell(each -> each.timedOut(queueId, commandId));
    }

    @Override
    public void foundCompleted(int queueId, int commandId) {
        tell(each -> each.foundCompleted(queueId, commandId));
    }

    @Override
    public void unknownCompletion(int queueId, int commandId) {
        tell(each -> each.unknownCompletion(queueId, commandId));
    }

    @Override
    public void sentAgain(int queueId, int commandId) {
        tell(each -> each.sentAgain(queueId, commandId));
    }

    @Override
    public void resetBegun() {
        tell(BusObserver::resetBegun);
    }

    @Override
    public void resetEnded() {
        tell(BusObserver::resetEnded);
    }

    @Override
    public void gaveUp(int queueId, int commandId) {
        tell(each -> each.gaveUp(queueId, commandId));
    }
}
