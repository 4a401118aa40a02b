package io.doorbell.spec.log;

import io.doorbell.spec.LittleEndian;
import io.doorbell.spec.Text;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** A window on log page 03h, Firmware Slot Information (Base 2.0 §5.16.1.4). */
public final class FirmwareSlots {
    public static final int SIZE_BYTES = 512;

    /** Firmware slots, numbered from 1. */
    public static final int SLOT_COUNT = 7;

    public static final int FIRST_REVISION_OFFSET_BYTES = 8;
    public static final int REVISION_SIZE_BYTES = 8;
    public static final int ACTIVE_FIRMWARE_INFO_OFFSET_BYTES = 0;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public FirmwareSlots wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public FirmwareSlots clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** AFI: active slot 2:0, slot after the next reset 6:4 (0 if unchanged). */
    public int activeFirmwareInfo() {
        return LittleEndian.u8(memory, offsetBytes + ACTIVE_FIRMWARE_INFO_OFFSET_BYTES);
    }

    /** Sets ACTIVE_FIRMWARE_INFO. */
    public FirmwareSlots activeFirmwareInfo(int activeFirmwareInfo) {
        LittleEndian.u8(
                memory, offsetBytes + ACTIVE_FIRMWARE_INFO_OFFSET_BYTES, activeFirmwareInfo);
        return this;
    }

    /** FRS: the revision in {@code slot}, 1 to 7, without padding; empty if the slot is. */
    public String revision(int slot) {
        return Text.padded(memory, revisionOffsetBytes(slot), REVISION_SIZE_BYTES);
    }

    /**
     * Sets the revision in {@code slot}, 1 to 7.
     *
     * @throws IllegalArgumentException if it is longer than 8 characters or not printable ASCII
     */
    public FirmwareSlots revision(int slot, String revision) {
        Text.padded(memory, revisionOffsetBytes(slot), REVISION_SIZE_BYTES, revision);
        return this;
    }

    private long revisionOffsetBytes(int slot) {
        int index = Objects.checkIndex(slot - 1, SLOT_COUNT);
        return offsetBytes + FIRST_REVISION_OFFSET_BYTES + (long) index * REVISION_SIZE_BYTES;
    }
}
