package io.doorbell.spec.feature;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/** A window on the data of feature 16h, Host Behavior Support (Base 2.0 §5.27.1). */
public final class HostBehavior {
    public static final int SIZE_BYTES = 512;

    public static final int ACRE_OFFSET_BYTES = 0;
    public static final int ETDAS_OFFSET_BYTES = 1;
    public static final int LBAFEE_OFFSET_BYTES = 2;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public HostBehavior wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public HostBehavior clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** ACRE: 1 if the host understands CRD in a status. */
    public int commandRetryEnable() {
        return LittleEndian.u8(memory, offsetBytes + ACRE_OFFSET_BYTES);
    }

    /** Sets ACRE. */
    public HostBehavior commandRetryEnable(int commandRetryEnable) {
        LittleEndian.u8(memory, offsetBytes + ACRE_OFFSET_BYTES, commandRetryEnable);
        return this;
    }

    /** ETDAS: 1 if the host understands telemetry data area 4. */
    public int telemetryDataArea4() {
        return LittleEndian.u8(memory, offsetBytes + ETDAS_OFFSET_BYTES);
    }

    /** Sets ETDAS. */
    public HostBehavior telemetryDataArea4(int telemetryDataArea4) {
        LittleEndian.u8(memory, offsetBytes + ETDAS_OFFSET_BYTES, telemetryDataArea4);
        return this;
    }

    /** LBAFEE: 1 if the host understands extended LBA formats. */
    public int extendedLbaFormats() {
        return LittleEndian.u8(memory, offsetBytes + LBAFEE_OFFSET_BYTES);
    }

    /** Sets LBAFEE. */
    public HostBehavior extendedLbaFormats(int extendedLbaFormats) {
        LittleEndian.u8(memory, offsetBytes + LBAFEE_OFFSET_BYTES, extendedLbaFormats);
        return this;
    }
}
