package io.doorbell.vfiouser.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A window on memory that only messages reach: every access is one, and waits for its answer. So
 * accesses are in order, and all of them acquire and release. What cannot be reached throws {@link
 * MemoryWindow.Unanswered}.
 */
final class MessageWindow extends MemoryWindow {
    private static final ValueLayout.OfInt INT = JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MessageDma messages;
    private final long address;
    private final long sizeBytes;
    private final boolean writable;

    MessageWindow(MessageDma messages, long address, long sizeBytes, boolean writable) {
        this.messages = messages;
        this.address = address;
        this.sizeBytes = sizeBytes;
        this.writable = writable;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int getInt(long offsetBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(INT);
            read(offsetBytes, value, 0, Integer.BYTES);
            return value.get(INT, 0);
        }
    }

    @Override
    public long getLong(long offsetBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(LONG);
            read(offsetBytes, value, 0, Long.BYTES);
            return value.get(LONG, 0);
        }
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return getInt(offsetBytes);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return getLong(offsetBytes);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        try (Arena arena = Arena.ofConfined()) {
            write(offsetBytes, arena.allocateFrom(INT, value), 0, Integer.BYTES);
        }
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        try (Arena arena = Arena.ofConfined()) {
            write(offsetBytes, arena.allocateFrom(LONG, value), 0, Long.BYTES);
        }
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        setInt(offsetBytes, value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        setLong(offsetBytes, value);
    }

    /** In two steps: messages have no better, and a host's store between them is lost. */
    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        boolean same = getInt(offsetBytes) == expected;
        if (same) {
            setInt(offsetBytes, value);
        }
        return same;
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long readBytes) {
        Objects.checkFromIndexSize(offsetBytes, readBytes, sizeBytes);
        answered(
                messages.read(address + offsetBytes, target, targetOffsetBytes, readBytes),
                offsetBytes);
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long writeBytes) {
        Objects.checkFromIndexSize(offsetBytes, writeBytes, sizeBytes);
        if (writable) {
            answered(
                    messages.write(address + offsetBytes, source, sourceOffsetBytes, writeBytes),
                    offsetBytes);
        }
    }

    @Override
    public void zero(long offsetBytes, long zeroBytes) {
        Objects.checkFromIndexSize(offsetBytes, zeroBytes, sizeBytes);
        if (writable) {
            answered(Zeros.write(messages, address + offsetBytes, zeroBytes), offsetBytes);
        }
    }

    private void answered(DmaStatus status, long offsetBytes) {
        if (!status.isOk()) {
            throw new Unanswered(address + offsetBytes);
        }
    }
}
