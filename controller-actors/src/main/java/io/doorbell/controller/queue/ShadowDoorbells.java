package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.command.DoorbellBufferConfig;

/**
 * The two buffers of Doorbell Buffer Config in guest memory (Base §5.8): the host publishes tails
 * and heads in one, we ask in the other from where on it shall ring (Base Annex B.5).
 *
 * <pre>
 *  host: shadow := new; full fence; passes EventIdx?  write the doorbell register
 *  we:   EventIdx := seen; full fence; shadow still as seen?  sleep
 * </pre>
 *
 * Both arithmetics in use are served: with {@code EventIdx = seen} every move of the host rings,
 * whether it counts modulo the queue or modulo 65,536.
 *
 * @param shadow one page
 * @param eventIndexes one page
 * @param stride CAP.DSTRD, as of the registers
 */
public record ShadowDoorbells(MemoryWindow shadow, MemoryWindow eventIndexes, int stride) {

    /** Whether a doorbell has its place there: the admin queue's are always registers. */
    boolean serves(int doorbell) {
        return Doorbells.queueId(doorbell) > 0
                && offsetBytes(doorbell) + Integer.BYTES <= shadow.sizeBytes();
    }

    /** What the host has published; the upper half is reserved. */
    int value(int doorbell) {
        return shadow.getIntAcquire(offsetBytes(doorbell)) & Doorbells.VALUE_MASK;
    }

    /** The controller writes a slot only before the host may use it. */
    void publish(int doorbell, int value) {
        shadow.setIntRelease(offsetBytes(doorbell), value);
    }

    /** As {@link #publish}, unless the host has used the slot since we left {@code old} there. */
    boolean publishOver(int doorbell, int old, int value) {
        return shadow.compareAndSetInt(offsetBytes(doorbell), old, value);
    }

    void setEventIndex(int doorbell, int value) {
        eventIndexes.setIntRelease(offsetBytes(doorbell), value);
    }

    private long offsetBytes(int doorbell) {
        return DoorbellBufferConfig.slotOffsetBytes(doorbell, stride);
    }
}
