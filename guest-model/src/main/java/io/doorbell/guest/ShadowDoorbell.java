package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.guest.HostPolicies.EventArithmetic;

/**
 * One doorbell's slots in the shadow buffers (Base §5.8, Annex B.5): the host's value, and the
 * value that the controller wants to hear about.
 *
 * <pre>
 *  X = new - event, Y = new - old     doorbell needed
 *  16 bits, Linux                     X - 1 &lt; Y
 *  16 bits, SPDK                      X &lt;= Y
 *  modulo the size of the queue       X &lt;= Y
 * </pre>
 */
final class ShadowDoorbell {
    private static final int VALUE_MASK = 0xFFFF;

    private final GuestMemory memory;
    private final MemoryWindow values;
    private final MemoryWindow events;
    private final long offsetBytes;
    private int entryCount;
    private final EventArithmetic arithmetic;
    private final boolean alwaysRings;

    /**
     * @param values the page that the host writes
     * @param events the page that the controller writes
     * @param offsetBytes of this doorbell in both
     * @param alwaysRings whether it is rung whatever the controller wants
     */
    ShadowDoorbell(
            GuestMemory memory,
            MemoryWindow values,
            MemoryWindow events,
            long offsetBytes,
            int entryCount,
            EventArithmetic arithmetic,
            boolean alwaysRings) {
        this.memory = memory;
        this.values = values;
        this.events = events;
        this.offsetBytes = offsetBytes;
        this.entryCount = entryCount;
        this.arithmetic = arithmetic;
        this.alwaysRings = alwaysRings;
    }

    /** The queue has another size. */
    void resize(int entries) {
        entryCount = entries;
    }

    /** Forgets what the queue before has left. */
    void clear() {
        values.setInt(offsetBytes, 0);
        events.setInt(offsetBytes, 0);
    }

    /**
     * Stores the new value, for which everything before has been fenced. Of this store and the load
     * that follows, neither side's may pass the other: else both sleep (Annex B.5.1).
     *
     * @return whether the doorbell has to be rung as well
     */
    boolean publish(int value) {
        int old = values.getInt(offsetBytes);
        values.setInt(offsetBytes, value);
        memory.fullFence();
        return alwaysRings || isEvent(events.getInt(offsetBytes), value, old);
    }

    private boolean isEvent(int event, int value, int old) {
        return switch (arithmetic) {
            case LINUX -> ((value - event - 1) & VALUE_MASK) < ((value - old) & VALUE_MASK);
            case SPDK -> ((value - event) & VALUE_MASK) <= ((value - old) & VALUE_MASK);
            case QUEUE_SIZE ->
                    Math.floorMod(value - event, entryCount)
                            <= Math.floorMod(value - old, entryCount);
        };
    }
}
