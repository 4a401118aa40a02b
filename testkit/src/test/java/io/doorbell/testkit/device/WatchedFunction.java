package io.doorbell.testkit.device;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciFunction;
import io.doorbell.simulation.observe.BusObserver;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A function whose host is watched at its side of the bus. */
final class WatchedFunction implements PciFunction {
    private final PciFunction function;
    private final BusObserver observer;
    private final GuestMemory memory;
    private final Set<MsixMessage> reserved = new HashSet<>();

    private final Runnable switchedOff;

    /**
     * @param switchedOff called before the machine is switched off
     */
    WatchedFunction(PciFunction function, BusObserver observer, Runnable switchedOff) {
        this.function = function;
        this.switchedOff = switchedOff;
        this.observer = observer;
        this.memory =
                new TappedMemory(
                        function.memory(),
                        new TappedMemory.Listener() {
                            @Override
                            public void loaded(long address, long sizeBytes, DmaStatus status) {}

                            @Override
                            public void stored(long address, long sizeBytes, DmaStatus status) {
                                observer.hostWrote(address, sizeBytes);
                            }
                        });
    }

    boolean isReserved(MsixMessage message) {
        return reserved.contains(message);
    }

    @Override
    public long readConfig(int offsetBytes, int widthBytes) {
        return function.readConfig(offsetBytes, widthBytes);
    }

    @Override
    public void writeConfig(int offsetBytes, int widthBytes, int value) {
        function.writeConfig(offsetBytes, widthBytes, value);
        observer.configWritten(offsetBytes, widthBytes, value);
    }

    @Override
    public long readBar(int bar, long offsetBytes, int widthBytes) {
        long value = function.readBar(bar, offsetBytes, widthBytes);
        observer.registerRead(bar, offsetBytes, widthBytes, value);
        return value;
    }

    @Override
    public void writeBar(int bar, long offsetBytes, int widthBytes, long value) {
        observer.registerWriteIssued(bar, offsetBytes, widthBytes, value);
        observer.registerWritten(bar, offsetBytes, widthBytes, value);
        function.writeBar(bar, offsetBytes, widthBytes, value);
    }

    @Override
    public void reset() {
        function.reset();
        observer.functionReset();
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    public long memoryBytes() {
        return function.memoryBytes();
    }

    @Override
    public MsixMessage reserveMessage() {
        MsixMessage message = function.reserveMessage();
        reserved.add(message);
        return message;
    }

    @Override
    public long received(MsixMessage message) {
        return function.received(message);
    }

    @Override
    public boolean isPinAsserted() {
        return function.isPinAsserted();
    }

    @Override
    public long pinAssertions() {
        return function.pinAssertions();
    }

    @Override
    public boolean runUntil(BooleanSupplier condition, long timeoutNanos) {
        return function.runUntil(condition, timeoutNanos);
    }

    @Override
    public boolean isTimeVirtual() {
        return function.isTimeVirtual();
    }

    @Override
    public long nanoTime() {
        return function.nanoTime();
    }

    @Override
    public void close() {
        switchedOff.run();
        function.close();
    }
}
