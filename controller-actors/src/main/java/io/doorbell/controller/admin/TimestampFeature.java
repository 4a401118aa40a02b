package io.doorbell.controller.admin;

import io.doorbell.spec.LittleEndian;
import io.doorbell.spec.feature.Timestamp;

import java.lang.foreign.MemorySegment;

/** Feature 0Eh: counts milliseconds from 0 at a reset, or from what the host has set. */
final class TimestampFeature implements DataFeature {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LastingState clock;
    private long setAtNanos;
    private long setMillis;
    private int origin = Timestamp.ORIGIN_RESET;

    TimestampFeature(LastingState clock) {
        this.clock = clock;
        this.setAtNanos = clock.nanosSincePowerOn();
    }

    @Override
    public int sizeBytes() {
        return Timestamp.SIZE_BYTES;
    }

    @Override
    public void get(MemorySegment page) {
        long counted = (clock.nanosSincePowerOn() - setAtNanos) / NANOS_PER_MILLI;
        long value = Timestamp.withOrigin(Timestamp.withMillis(0, setMillis + counted), origin);
        LittleEndian.u64(page, 0, value);
    }

    @Override
    public boolean set(int cdw11, MemorySegment page) {
        setMillis = Timestamp.millis(LittleEndian.u64(page, 0));
        setAtNanos = clock.nanosSincePowerOn();
        origin = Timestamp.ORIGIN_HOST;
        return true;
    }
}
