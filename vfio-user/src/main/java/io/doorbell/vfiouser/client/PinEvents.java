package io.doorbell.vfiouser.client;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;

import java.util.concurrent.locks.LockSupport;

/**
 * The interrupt pin as a vfio-user client sees it: an event says that it is asserted, and masks
 * itself. Nothing says that it no longer is: whoever wants to know unmasks it, and sees whether the
 * event comes again.
 */
final class PinEvents implements AutoCloseable {
    /** For the device to signal a pin that is still asserted; a busy machine takes its time. */
    private static final long AGAIN_NANOS_MAX = 50_000_000;

    private static final long POLL_NANOS = 20_000;

    private final IrqRequests requests;
    private final Descriptor event;
    private boolean connected;
    private boolean asserted;
    private long assertions;

    PinEvents(IrqRequests requests) throws PosixException {
        this.requests = requests;
        this.event = Descriptor.event();
    }

    /** The device is to signal its pin, or is not, while there are messages. */
    void connect(boolean wanted) {
        if (wanted == connected) {
            return;
        }
        connected = wanted;
        asserted = false;
        if (wanted) {
            boolean _ = isSignalled(); // of the time before
            requests.connect(0, event);
        } else {
            requests.disconnectAll();
        }
    }

    /** Whether the function asserts it now. */
    boolean isAsserted() {
        takeEvents();
        if (asserted) {
            requests.unmask();
            asserted = comesAgain();
        }
        return asserted;
    }

    private boolean comesAgain() {
        long start = System.nanoTime();
        while (!isSignalled()) {
            if (System.nanoTime() - start > AGAIN_NANOS_MAX) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** How often it was asserted, as far as those tell who looked. */
    long assertions() {
        boolean _ = isAsserted(); // or the next one would pass for this one
        return assertions;
    }

    /** Takes the event if it has come. */
    void takeEvents() {
        if (connected && !asserted && isSignalled()) {
            asserted = true;
            assertions++;
        }
    }

    private boolean isSignalled() {
        try {
            return event.takeEvents() > 0;
        } catch (PosixException refused) {
            throw new IllegalStateException("An event cannot be read.", refused);
        }
    }

    @Override
    public void close() {
        event.close();
    }
}
