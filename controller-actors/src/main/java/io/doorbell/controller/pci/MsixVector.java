package io.doorbell.controller.pci;

import io.doorbell.bus.pci.MsixMessage;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One entry of the MSI-X table and its pending bit (PCIe §3.5.2).
 *
 * <p>{@link PciConfiguration} alone opens and closes it; an {@link
 * io.doorbell.controller.queue.Interrupt} alone sends. A message that finds the vector closed
 * becomes the pending bit; opening takes the bit and sends it. As with doorbells, each side stores
 * its word, then a full fence, then looks at the other's, so no message is lost and none is sent
 * twice.
 */
public final class MsixVector {
    private static final VarHandle PENDING;

    static {
        try {
            PENDING =
                    MethodHandles.lookup()
                            .findVarHandle(MsixVector.class, "pending", boolean.class);
        } catch (ReflectiveOperationException error) {
            throw new ExceptionInInitializerError(error);
        }
    }

    /** Where messages go while the vector is open. */
    private record Route(ActorRef<MsixMessage> target, MsixMessage message) {
        void deliver() {
            target.tell(message);
        }
    }

    private final int number;
    private final InterruptTrace trace;
    private volatile @Nullable Route route; // null: closed
    private volatile boolean pending;

    /**
     * @param number from 0
     * @param trace is told of each message that leaves
     */
    public MsixVector(int number, InterruptTrace trace) {
        this.number = number;
        this.trace = trace;
    }

    /** Sends the message, or keeps it pending while the vector is masked; true if it was sent. */
    public boolean send(InterruptReason reason) {
        Route open = route;
        if (open != null) {
            trace.sent(number, reason);
            open.deliver();
            return true;
        }
        pending = true;
        VarHandle.fullFence();
        return deliverPending();
    }

    /** The vector's messages now reach {@code target}; sends one that was kept. */
    void open(ActorRef<MsixMessage> target, MsixMessage message) {
        route = new Route(target, message);
        VarHandle.fullFence();
        deliverPending();
    }

    /** Masked, disabled, or routed to nobody: messages are kept. */
    void close() {
        route = null;
    }

    boolean isPending() {
        return pending;
    }

    /** The PCI function was reset. */
    void clearPending() {
        pending = false;
    }

    private boolean deliverPending() {
        Route open = route;
        if (open != null && (boolean) PENDING.getAndSet(this, false)) {
            trace.sent(number, InterruptReason.UNMASK);
            open.deliver();
            return true;
        }
        return false;
    }
}
