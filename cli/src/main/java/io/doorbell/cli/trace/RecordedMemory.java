package io.doorbell.cli.trace;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.ForwardingMemory;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A machine's memory as its device reaches it: every access is recorded, with what was moved. */
final class RecordedMemory extends ForwardingMemory {
    private static final byte[] NOTHING = {};

    private final Trace trace;

    RecordedMemory(GuestMemory memory, Trace trace) {
        super(memory);
        this.trace = trace;
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        MemoryWindow window = super.window(address, sizeBytes);
        return window == null ? null : new RecordedWindow(window, address, trace);
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        DmaStatus status = super.read(address, target, targetOffsetBytes, sizeBytes);
        byte[] data = status.isOk() ? copy(target, targetOffsetBytes, sizeBytes) : NOTHING;
        trace.add(new TraceEvent.DmaRead(address, sizeBytes, status.name(), data));
        return status;
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        DmaStatus status = super.write(address, source, sourceOffsetBytes, sizeBytes);
        byte[] data = status.isOk() ? copy(source, sourceOffsetBytes, sizeBytes) : NOTHING;
        trace.add(new TraceEvent.DmaWrite(address, sizeBytes, status.name(), data));
        return status;
    }

    static byte[] copy(MemorySegment from, long offsetBytes, long sizeBytes) {
        return from.asSlice(offsetBytes, sizeBytes).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        DmaStatus status = super.zero(address, sizeBytes);
        trace.add(new TraceEvent.DmaZero(address, sizeBytes, status.name()));
        return status;
    }
}
