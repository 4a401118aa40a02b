package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * The interrupt pin, as an event that masks itself: it is signalled once, and again only when it
 * was unmasked and the function still asserts the pin.
 *
 * <p>A guest writes the head of a queue, which ends the interrupt, just before the unmask comes,
 * and the function takes a moment to hear of it. Signalling at once would make an interrupt that
 * nobody caused, for every one that somebody did, and Linux would switch the line off. So the line
 * settles first.
 *
 * <p>Threads: any.
 */
final class PinLine implements AutoCloseable {
    private final Consumer<Runnable> settled;
    private @Nullable Descriptor event;
    private boolean asserted;
    private boolean masked;

    /**
     * @param settled runs what it is given when the function has heard of what was written to it
     */
    PinLine(Consumer<Runnable> settled) {
        this.settled = settled;
    }

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

    void unmask() {
        if (unmasked()) {
            settled.accept(this::signalIfDue);
        }
    }

    private synchronized boolean unmasked() {
        masked = false;
        return asserted;
    }

    private synchronized void signalIfDue() {
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
