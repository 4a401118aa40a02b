package io.doorbell.simulation.wire;

/** Where the device sits. While it is empty nothing gets from it, or to it. */
public final class Slot {
    private boolean empty;

    public boolean isEmpty() {
        return empty;
    }

    /** The device is pulled out. */
    public void empty() {
        empty = true;
    }

    /** The device is back. */
    public void fill() {
        empty = false;
    }
}
