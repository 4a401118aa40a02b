package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;

import org.jspecify.annotations.Nullable;

/**
 * The interrupt pin, as an event that masks itself: it is signalled once, and again only when it
 * was unmasked and the function still asserts the pin.
 *
 * <p>Threads: any.
 */
final class PinLine implements AutoCloseable {
    private @Nullable Descriptor event;
    private boolean asserted;
    private boolean masked;

    /** What the function does with its pin. */
    synchronized void set(boolean nowAsserted) {
        asserted = nowAsserted;
        signalIfDue();
    }

    /**
     * From now on this event stands for the pin, unmasked.
     *
     * @param newEvent owned here from now on; null for none
     */
    synchronized void connect(@Nullable Descriptor newEvent) {
        close();
        event = newEvent;
        masked = false;
        signalIfDue();
    }

    synchronized void mask() {
        masked = true;
    }

    synchronized void unmask() {
        masked = false;
        signalIfDue();
    }

    private void signalIfDue() {
        Descriptor connected = event;
        if (asserted && !masked && connected != null) {
            masked = true;
            boolean _ = connected.signal();
        }
    }

    @Override
    public synchronized void close() {
        Descriptor connected = event;
        if (connected != null) {
            connected.close();
            event = null;
        }
    }
}
