package io.doorbell.simulation.wire;

import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.simulation.choice.Site;
import io.doorbell.simulation.fault.Fault;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The way of interrupts to the host. A message carries the device's earlier stores with it: whoever
 * gets it sees them.
 */
public final class InterruptWire extends AbstractMatchingBehavior<Object> {
    /** The routes of a host as its device sees them: all lead through the wire. */
    public static final class Routes extends InterruptRoutes {
        private final InterruptRoutes host;
        private @Nullable ActorRef<Object> wire;

        public Routes(InterruptRoutes host) {
            this.host = host;
        }

        /** From now on interrupts go this way. */
        public void lead(ActorRef<Object> through) {
            wire = through;
        }

        @Override
        public @Nullable ActorRef<PinChanged> pinTarget() {
            return wire == null ? null : wire.unsafeUpcast();
        }

        @Override
        public @Nullable ActorRef<MsixMessage> target(MsixMessage message) {
            return wire == null || host.target(message) == null ? null : wire.unsafeUpcast();
        }
    }

    /** A wire to the handlers that {@code host} knows. */
    public static Behavior<Object> create(WireParts parts, InterruptRoutes host) {
        return Behaviors.setup(context -> new InterruptWire(context, parts, host));
    }

    /** Our hosts reserve one route for each vector, in order. */
    private static final int FIRST_ROUTE = 1;

    private final WireParts parts;
    private final InterruptRoutes host;
    private final Site site;
    private final boolean faulty;
    private @Nullable MsixMessage heldBack;
    private long lastPinArrivalNanos;

    private InterruptWire(ActorContext<Object> context, WireParts parts, InterruptRoutes host) {
        super(context);
        this.parts = parts;
        this.host = host;
        this.site = parts.choices().site("interrupt");
        this.faulty = parts.faults().concern("interrupt/");
    }

    @Override
    public Behavior<Object> onMessage(Object message) {
        switch (message) {
            case MsixMessage interrupt -> onInterrupt(interrupt);
            case PinChanged(boolean asserted) -> onPin(asserted);
            default -> throw new IllegalStateException("No interrupt: " + message);
        }
        return this;
    }

    private void onInterrupt(MsixMessage message) {
        take(message);
        parts.messages().arrived();
    }

    private void take(MsixMessage message) {
        if (parts.slot().isEmpty()) {
            return;
        }
        parts.observer().interruptSent(message);
        Fault fault = faultAt(message.data() - FIRST_ROUTE);
        if (fault == null) {
            arrive(message, 0);
            return;
        }
        switch (fault.kind()) {
            case LOSE -> {}
            case DOUBLE -> {
                arrive(message, 0);
                arrive(message, 0);
            }
            case DELAY -> arrive(message, fault.amount());
            case REORDER -> heldBack = message;
            case OVERTAKE -> deliver(message, false);
            case SPURIOUS -> {
                arrive(message, 0);
                parts.world().after(fault.amount(), () -> deliver(message, true));
            }
            default -> arrive(message, 0);
        }
    }

    /** A name is made only if somebody may ask for it. */
    private @Nullable Fault faultAt(Object place) {
        return faulty ? parts.faults().at("interrupt/" + place) : null;
    }

    private void arrive(MsixMessage message, long extraNanos) {
        parts.world()
                .after(
                        parts.times().interrupt() + parts.extra(site) + extraNanos,
                        () -> deliver(message, true));
        MsixMessage late = heldBack;
        if (late != null) {
            heldBack = null;
            arrive(late, 2 * parts.times().interrupt());
        }
    }

    private void deliver(MsixMessage message, boolean behindStores) {
        if (behindStores) {
            parts.memory().device().drain();
            parts.memory().host().acquire();
        }
        parts.observer().interruptDelivered(message);
        ActorRef<MsixMessage> target = host.target(message);
        if (target != null) {
            target.tell(message);
        }
    }

    /** Changes of a level stay in order, however late one is: the last one says what it is. */
    private void onPin(boolean asserted) {
        Fault fault = faultAt("pin");
        long extraNanos = 0;
        if (fault != null) {
            switch (fault.kind()) {
                case LOSE -> {
                    return;
                }
                case DELAY -> extraNanos = fault.amount();
                default -> {} // of a level there are no two
            }
        }
        long now = parts.world().nanoTime();
        lastPinArrivalNanos =
                Math.max(lastPinArrivalNanos, now + parts.times().interrupt() + extraNanos);
        parts.world().after(lastPinArrivalNanos - now, () -> pinArrived(asserted));
    }

    private void pinArrived(boolean asserted) {
        if (parts.slot().isEmpty()) {
            return;
        }
        parts.memory().device().drain();
        parts.observer().pinChanged(asserted);
        ActorRef<PinChanged> target = host.pinTarget();
        if (target != null) {
            target.tell(new PinChanged(asserted));
        }
    }
}
