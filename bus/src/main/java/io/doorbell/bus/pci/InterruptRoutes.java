package io.doorbell.bus.pci;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The host's interrupt controller: says which actor stands behind a message address and data.
 *
 * <p>The host reserves a route and writes its address and data into the MSI-X table; the function
 * looks the target up when the table entry is written, so a message costs no look-up. Whoever puts
 * something between the two extends this for the function.
 */
public class InterruptRoutes {
    /** Where PC hosts have their local interrupt controllers. */
    private static final long MESSAGE_ADDRESS = 0xFEE0_0000L;

    private final ConcurrentHashMap<MsixMessage, ActorRef<MsixMessage>> targets =
            new ConcurrentHashMap<>();
    private final AtomicInteger nextData = new AtomicInteger(1);
    private volatile @Nullable ActorRef<PinChanged> pinTarget;

    /** Reserves a message that reaches {@code target}. */
    public MsixMessage reserve(ActorRef<MsixMessage> target) {
        MsixMessage message = new MsixMessage(MESSAGE_ADDRESS, nextData.getAndIncrement());
        targets.put(message, target);
        return message;
    }

    /** Gives a route back; a later message to it reaches nobody. */
    public void release(MsixMessage message) {
        targets.remove(message);
    }

    /** From now on {@code target} is told what the function does with its interrupt pin. */
    public void connectPin(ActorRef<PinChanged> target) {
        pinTarget = target;
    }

    /** Who the interrupt pin is wired to, or null. */
    public @Nullable ActorRef<PinChanged> pinTarget() {
        return pinTarget;
    }

    /** Who receives this message, or null if nobody does. */
    public @Nullable ActorRef<MsixMessage> target(MsixMessage message) {
        return targets.get(message);
    }
}
