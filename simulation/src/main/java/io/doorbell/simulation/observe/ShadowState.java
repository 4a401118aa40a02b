package io.doorbell.simulation.observe;

import io.doorbell.spec.Doorbells;
import io.doorbell.spec.command.DoorbellBufferConfig;

/** The buffers of Doorbell Buffer Config: in use, and about to be (Base 2.0 §5.8). */
public final class ShadowState {
    private static final long NONE = -1;

    private final WorldMemory memory;
    private final int stride;
    private long pageBytes;
    private long shadow = NONE;
    private long events = NONE;
    private long nextShadow = NONE; // of a command that is being executed
    private long nextEvents = NONE;

    ShadowState(WorldMemory memory, int stride) {
        this.memory = memory;
        this.stride = stride;
    }

    /** Whether the host publishes through the buffer. */
    public boolean isInUse() {
        return shadow != NONE;
    }

    /** Whether a doorbell has its place in the buffer; those of the admin queue never. */
    public boolean serves(int doorbell) {
        return shadow != NONE
                && Doorbells.queueId(doorbell) > 0
                && offset(doorbell) + Integer.BYTES <= pageBytes;
    }

    /** What is in the slot of a doorbell. */
    public int value(int doorbell) {
        return dword(shadow + offset(doorbell)) & Doorbells.VALUE_MASK;
    }

    /** EventIdx of a doorbell, all 32 bits. */
    public int eventIndex(int doorbell) {
        return dword(events + offset(doorbell));
    }

    // ---- what the model does -----------------------------------------------------------------

    void begin(long shadowPage, long eventPage, int bytes) {
        nextShadow = shadowPage;
        nextEvents = eventPage;
        pageBytes = bytes;
    }

    void finish(boolean success) {
        if (success && nextShadow != NONE) {
            shadow = nextShadow;
            events = nextEvents;
        }
        nextShadow = NONE;
        nextEvents = NONE;
    }

    void reset() {
        shadow = NONE;
        events = NONE;
        nextShadow = NONE;
        nextEvents = NONE;
    }

    /** The doorbell whose slot of the shadow page is at an address, or -1. */
    int doorbellAt(long address) {
        long base =
                isIn(address, 1, shadow)
                        ? shadow
                        : isIn(address, 1, nextShadow) ? nextShadow : NONE;
        if (base == NONE) {
            return -1;
        }
        long offset = address - base;
        int step = Doorbells.strideBytes(stride);
        return offset % step == 0 ? (int) (offset / step) : -1;
    }

    boolean mayRead(long address, long bytes) {
        return isIn(address, bytes, shadow) || isIn(address, bytes, nextShadow);
    }

    boolean mayWrite(long address, long bytes) {
        return mayRead(address, bytes)
                || isIn(address, bytes, events)
                || isIn(address, bytes, nextEvents);
    }

    int dword(long address) {
        long qword = memory.getLong(address & -Long.BYTES);
        return (int) ((address & Integer.BYTES) == 0 ? qword : qword >>> Integer.SIZE);
    }

    private boolean isIn(long address, long bytes, long page) {
        return page != NONE && address >= page && address + bytes <= page + pageBytes;
    }

    private long offset(int doorbell) {
        return DoorbellBufferConfig.slotOffsetBytes(doorbell, stride);
    }
}
