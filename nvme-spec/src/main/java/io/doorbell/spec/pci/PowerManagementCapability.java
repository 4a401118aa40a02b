package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/** A window on the Power Management capability, id 01h (PCIe 1.0 §3.8). */
public final class PowerManagementCapability {
    public static final int SIZE_BYTES = 8;

    /** PMC bits 2:0: the interface version. */
    public static final int VERSION = 3;

    /** PMCSR: 0 for D0, 3 for D3hot. */
    public static final int POWER_STATE_MASK = 3;

    /** Fully on. */
    public static final int POWER_STATE_D0 = 0;

    /** No memory space, no interrupts. */
    public static final int POWER_STATE_D3_HOT = 3;

    /** PMCSR: D3hot to D0 does not reset the function; always 1. */
    public static final int NO_SOFT_RESET = 1 << 3;

    public static final int CAPABILITY_ID_OFFSET_BYTES = 0;
    public static final int NEXT_OFFSET_BYTES = 1;
    public static final int CAPABILITIES_OFFSET_BYTES = 2;
    public static final int CONTROL_STATUS_OFFSET_BYTES = 4;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public PowerManagementCapability wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public PowerManagementCapability clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Capability id; see {@link CapabilityHeader}. */
    public int capabilityId() {
        return LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES);
    }

    /** Sets CAPABILITY_ID. */
    public PowerManagementCapability capabilityId(int capabilityId) {
        LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES, capabilityId);
        return this;
    }

    /** Offset of the next capability; 0 at the end. */
    public int next() {
        return LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES);
    }

    /** Sets NEXT. */
    public PowerManagementCapability next(int next) {
        LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES, next);
        return this;
    }

    /** PMC: bits 2:0 are {@link #VERSION}. */
    public int capabilities() {
        return LittleEndian.u16(memory, offsetBytes + CAPABILITIES_OFFSET_BYTES);
    }

    /** Sets CAPABILITIES. */
    public PowerManagementCapability capabilities(int capabilities) {
        LittleEndian.u16(memory, offsetBytes + CAPABILITIES_OFFSET_BYTES, capabilities);
        return this;
    }

    /** PMCSR: power state 1:0, {@link #NO_SOFT_RESET}. */
    public int controlStatus() {
        return LittleEndian.u16(memory, offsetBytes + CONTROL_STATUS_OFFSET_BYTES);
    }

    /** Sets CONTROL_STATUS. */
    public PowerManagementCapability controlStatus(int controlStatus) {
        LittleEndian.u16(memory, offsetBytes + CONTROL_STATUS_OFFSET_BYTES, controlStatus);
        return this;
    }
}
