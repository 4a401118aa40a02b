package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * The interrupt pin, as an event that masks itself: it is signalled once, and again only when it
 * was unmasked and the function still asserts the pin.
 *
 * <p>A guest may consume entries before it is told of them, and it writes the head of a queue,
 * which ends the interrupt, just before the unmask comes; the function takes a moment to hear of
 * it. Signalling at once would make interrupts that nobody caused. QEMU takes one back only at the
 * next access to a register, so one of them interrupts a guest for ever, and Linux switches the
 * line off. So the line settles before each signal.
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
    void set(boolean nowAsserted) {
        if (isDueAfter(() -> asserted = nowAsserted)) {
            settled.accept(this::signalIfDue);
        }
    }

    /**
     * From now on this event stands for the pin, unmasked.
     *
     * @param newEvent owned here from now on; null for none
     */
    void connect(@Nullable Descriptor newEvent) {
        boolean due =
                isDueAfter(
                        () -> {
                            close();
                            event = newEvent;
                            masked = false;
                        });
        if (due) {
            settled.accept(this::signalIfDue);
        }
    }

    synchronized void mask() {
        masked = true;
    }

    void unmask() {
        if (isDueAfter(() -> masked = false)) {
            settled.accept(this::signalIfDue);
        }
    }

    private synchronized boolean isDueAfter(Runnable change) {
        change.run();
        return asserted && !masked && event != null;
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
