package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The interrupt pin, as an event that masks itself: it is signalled once, and again only when it
 * was unmasked and the function still asserts the pin.
 *
 * <p>A signal that a guest has no use for is expensive: QEMU takes one back only at the next access
 * to a register, and until then the guest is interrupted over and over. Two things prevent it:
 *
 * <ul>
 *   <li>What is known here of the pin may be older than the head of a queue that the guest has just
 *       written. So the function is asked, on the way that the write took, and answers when the
 *       write has had its effect.
 *   <li>QEMU unmasks at any access, such as the tail that another processor of the guest writes
 *       while the handler of the last signal is still at work. So a new signal waits until the
 *       guest has written a head; or for {@link #PATIENCE}, for the last signal may have been taken
 *       back before a processor took notice.
 * </ul>
 *
 * <p>Threads: any.
 */
final class PinLine implements AutoCloseable {
    /** How long a guest may take to handle a signal, before it is taken for lost. */
    static final Duration PATIENCE = Duration.ofMillis(2);

    private final Runnable ask;
    private final Executor later;
    private @Nullable Descriptor event;
    private volatile boolean connected;
    private boolean asserted; // as the function said last by itself
    private boolean masked;
    private boolean handled = true; // a head was written after the last signal
    private boolean waiting; // for it to be handled, or lost
    private boolean asking;
    private boolean askAgain; // what may end the interrupt came while a question was under way

    /**
     * @param ask whether the function asserts the pin, as of now; answered by {@link #answered}
     */
    PinLine(Runnable ask) {
        this(
                ask,
                CompletableFuture.delayedExecutor(
                        PATIENCE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run));
    }

    /**
     * @param later runs what it is given after {@link #PATIENCE}
     */
    PinLine(Runnable ask, Executor later) {
        this.ask = ask;
        this.later = later;
    }

    /** What the function does with its pin. */
    synchronized void set(boolean nowAsserted) {
        boolean rises = nowAsserted && !asserted;
        asserted = nowAsserted;
        if (rises) {
            signalIfDue();
        }
    }

    /** Whether a client listens. */
    boolean isConnected() {
        return connected;
    }

    /**
     * From now on this event stands for the pin, unmasked.
     *
     * @param newEvent owned here from now on; null for none
     */
    void connect(@Nullable Descriptor newEvent) {
        synchronized (this) {
            close();
            event = newEvent;
            connected = newEvent != null;
            masked = false;
        }
        askIfDue();
    }

    synchronized void mask() {
        masked = true;
    }

    void unmask() {
        synchronized (this) {
            masked = false;
            if (!handled) {
                if (isDue() && !waiting) {
                    waiting = true;
                    later.execute(this::lost);
                }
                return;
            }
        }
        askIfDue();
    }

    /** The guest has written what tells the function that it has handled an interrupt. */
    void handled() {
        synchronized (this) {
            handled = true;
        }
        askIfDue();
    }

    private void lost() {
        synchronized (this) {
            waiting = false;
            if (handled) {
                return;
            }
        }
        askIfDue();
    }

    /** One question at a time, however fast a client unmasks. */
    private void askIfDue() {
        synchronized (this) {
            if (!isDue()) {
                return;
            }
            askAgain = asking;
            if (asking) {
                return;
            }
            asking = true;
        }
        ask.run();
    }

    /** The function has answered: whether it asserted the pin when all before had taken effect. */
    void answered(boolean isAsserted) {
        synchronized (this) {
            asking = askAgain;
            askAgain = false;
            if (!asking) {
                if (isAsserted) {
                    signalIfDue();
                }
                return;
            }
        }
        ask.run();
    }

    private boolean isDue() {
        return asserted && !masked && event != null;
    }

    private void signalIfDue() {
        Descriptor target = event;
        if (isDue() && target != null) {
            masked = true;
            handled = false;
            boolean _ = target.signal();
        }
    }

    @Override
    public synchronized void close() {
        Descriptor old = event;
        if (old != null) {
            old.close();
            event = null;
            connected = false;
        }
    }
}
