package io.doorbell.bus.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A window on memory that nobody here can point at: every access copies bytes out of it or into it.
 * They are in order, so all of them acquire and release.
 */
public abstract class CopiedWindow extends MemoryWindow {
    private static final ValueLayout.OfInt INT =
            JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private MemorySegment load(long offsetBytes, int sizeBytes) {
        MemorySegment value = MemorySegment.ofArray(new byte[sizeBytes]);
        read(offsetBytes, value, 0, sizeBytes);
        return value;
    }

    @Override
    public final int getInt(long offsetBytes) {
        return load(offsetBytes, Integer.BYTES).get(INT, 0);
    }

    @Override
    public final long getLong(long offsetBytes) {
        return load(offsetBytes, Long.BYTES).get(LONG, 0);
    }

    @Override
    public final int getIntAcquire(long offsetBytes) {
        return getInt(offsetBytes);
    }

    @Override
    public final long getLongAcquire(long offsetBytes) {
        return getLong(offsetBytes);
    }

    @Override
    public final void setInt(long offsetBytes, int value) {
        MemorySegment data = MemorySegment.ofArray(new byte[Integer.BYTES]);
        data.set(INT, 0, value);
        write(offsetBytes, data, 0, Integer.BYTES);
    }

    @Override
    public final void setLong(long offsetBytes, long value) {
        MemorySegment data = MemorySegment.ofArray(new byte[Long.BYTES]);
        data.set(LONG, 0, value);
        write(offsetBytes, data, 0, Long.BYTES);
    }

    @Override
    public final void setIntRelease(long offsetBytes, int value) {
        setInt(offsetBytes, value);
    }

    @Override
    public final void setLongRelease(long offsetBytes, long value) {
        setLong(offsetBytes, value);
    }
}
