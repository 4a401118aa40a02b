package io.doorbell.controller.queue;

import io.doorbell.controller.pci.InterruptReason;
import io.doorbell.controller.pci.MsixVector;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One interrupt vector: decides when posted entries become a message to the host (PCIe §3.5, Base
 * §5.27.1.6).
 *
 * <p>Without coalescing each batch of entries is told of at once, or a moment later if messages are
 * moderated. With coalescing on, entries are counted until the threshold is reached or the time
 * since the first of them has passed. A timer runs whenever a count is withheld, so every posted
 * entry is followed by a message sooner or later. Errors and admin completions are never withheld.
 */
public final class Interrupt extends AbstractMatchingBehavior<Interrupt.Command> {
    public sealed interface Command {}

    /** Entries were posted and can be seen by the host; urgent ones must not be withheld. */
    public record Posted(int count, boolean urgent) implements Command {}

    /** The host set Interrupt Coalescing or Interrupt Vector Configuration. */
    public record Configure(Coalescing coalescing) implements Command {}

    private record TimeElapsed() implements Command {}

    /**
     * How a vector coalesces.
     *
     * @param threshold entries that make a message, 1 to 256; 1 means no coalescing
     * @param timeMicros longest time an entry is withheld, 0 to 25,500; 0 means no coalescing
     */
    public record Coalescing(int threshold, int timeMicros) {
        public static final Coalescing OFF = new Coalescing(1, 0);

        /** False when every batch of entries makes a message at once. */
        public boolean isOn() {
            return threshold > 1 && timeMicros > 0;
        }
    }

    private static final TimeElapsed TIME_ELAPSED = new TimeElapsed();

    /** The vector of {@code vector}, signalling for completion queues of {@code shard}. */
    public static Behavior<Command> create(MsixVector vector, Shard shard, Coalescing coalescing) {
        return create(vector, shard, coalescing, null);
    }

    /**
     * As above.
     *
     * @param moderatedBy the clock for moderating messages, in nanoseconds from any origin; null
     *     where they are not
     */
    public static Behavior<Command> create(
            MsixVector vector,
            Shard shard,
            Coalescing coalescing,
            @Nullable LongSupplier moderatedBy) {
        return Behaviors.setup(
                context ->
                        new Interrupt(
                                context,
                                vector,
                                shard,
                                coalescing,
                                moderatedBy == null ? null : new Moderation(moderatedBy)));
    }

    private final MsixVector vector;
    private final ShardCounters counters;
    private final @Nullable Moderation moderation;
    private Coalescing coalescing;
    private Duration time;
    private int withheld; // posted entries that no message has told of
    private @Nullable Cancellable timer; // runs whenever something is withheld

    private Interrupt(
            ActorContext<Command> context,
            MsixVector vector,
            Shard shard,
            Coalescing coalescing,
            @Nullable Moderation moderation) {
        super(context);
        this.moderation = moderation;
        this.vector = vector;
        this.counters = shard.counters();
        this.coalescing = coalescing;
        this.time = Duration.ofNanos(coalescing.timeMicros() * 1_000L);
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Posted(int count, boolean urgent) -> onPosted(count, urgent);
            case TimeElapsed _ -> onTimeElapsed();
            case Configure(var configured) -> onConfigure(configured);
        };
    }

    private Behavior<Command> onPosted(int count, boolean urgent) {
        withheld += count;
        if (urgent || !coalescing.isOn()) {
            long waitNanos = urgent || moderation == null ? 0 : moderation.waitNanos();
            if (waitNanos == 0) {
                counters.interruptsNotCoalesced++;
                fire(InterruptReason.NOT_COALESCED);
            } else {
                startTimer(Duration.ofNanos(waitNanos));
            }
            return this;
        }
        if (withheld >= coalescing.threshold()) {
            counters.interruptsByThreshold++;
            fire(InterruptReason.THRESHOLD);
        } else if (timer == null) {
            timer = getContext().scheduleOnce(time, getContext().getSelf(), TIME_ELAPSED);
        }
        return this;
    }

    /** The first entry that waits says for how long. */
    private void startTimer(Duration wait) {
        if (timer == null) {
            timer = getContext().scheduleOnce(wait, getContext().getSelf(), TIME_ELAPSED);
        }
    }

    /**
     * A message that was already on its way when its timer was stopped finds nothing withheld, or
     * fires a little early; firing stops the timer that was started since.
     */
    private Behavior<Command> onTimeElapsed() {
        if (withheld > 0) {
            counters.interruptsByTime++;
            fire(InterruptReason.TIME);
        }
        return this;
    }

    private Behavior<Command> onConfigure(Coalescing configured) {
        coalescing = configured;
        time = Duration.ofNanos(configured.timeMicros() * 1_000L);
        if (withheld > 0) {
            counters.interruptsNotCoalesced++;
            fire(InterruptReason.NOT_COALESCED);
        }
        return this;
    }

    private void fire(InterruptReason reason) {
        if (moderation != null) {
            moderation.told(withheld);
        }
        withheld = 0;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (!vector.send(reason)) {
            counters.interruptsMasked++;
        }
    }
}
