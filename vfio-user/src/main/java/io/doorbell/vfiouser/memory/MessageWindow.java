package io.doorbell.vfiouser.memory;

import io.doorbell.bus.memory.CopiedWindow;
import io.doorbell.bus.memory.DmaStatus;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on memory that only messages reach: every access is one, and waits for its answer. What
 * cannot be reached throws {@link io.doorbell.bus.memory.MemoryWindow.Unanswered Unanswered}.
 */
final class MessageWindow extends CopiedWindow {
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
