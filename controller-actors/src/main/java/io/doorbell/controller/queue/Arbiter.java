package io.doorbell.controller.queue;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Weighted round robin with urgent class (Base §3.4.4): decides which submission queue fetches
 * next.
 *
 * <pre>
 *  admin  >  urgent  >  { high, medium, low }     strict; round robin within each
 *                         credits of a round: HPW + 1, MPW + 1, LPW + 1
 * </pre>
 *
 * One turn is given at a time, so the order of turns is the order in which commands start. Only so
 * many commands are started ahead of their completion: beyond that, priority would come too late.
 * All queues it serves are on its shard.
 */
public final class Arbiter extends AbstractMatchingBehavior<Arbiter.Command> {
    /** Commands fetched and not completed, over which no further turn is given but to the admin. */
    static final int IN_FLIGHT_MAX = 256;

    public sealed interface Command {}

    /** A class of queues, the most urgent first: QPRIO, and the admin queue above all. */
    public enum Priority {
        ADMIN,
        URGENT,
        HIGH,
        MEDIUM,
        LOW;

        /** The class of QPRIO (Base §5.5), 0 to 3. */
        public static Priority ofQprio(int qprio) {
            return switch (qprio) {
                case 0 -> URGENT;
                case 1 -> HIGH;
                case 2 -> MEDIUM;
                default -> LOW;
            };
        }

        boolean isWeighted() {
            return this == HIGH || this == MEDIUM || this == LOW;
        }
    }

    /** A queue has commands to fetch and waits for its turn. */
    record Ready(ActorRef<SubmissionQueue.Command> queue, Priority priority) implements Command {}

    /** The queue whose turn it was has fetched so much, and waits for another turn or not. */
    record TurnTaken(int count, boolean more) implements Command {}

    /** A queue is being deleted. */
    record Leave(ActorRef<SubmissionQueue.Command> queue) implements Command {}

    /** Commands that were fetched have completed. */
    record Finished(int count) implements Command {}

    /** Feature 01h was set. */
    public record Configure(Weights weights) implements Command {}

    /**
     * Feature 01h, in commands.
     *
     * @param burst of one turn, 1 to {@link CommandBatch#CAPACITY}
     * @param high of one round, 1 to 256
     * @param medium of one round, 1 to 256
     * @param low of one round, 1 to 256
     */
    public record Weights(int burst, int high, int medium, int low) {
        int credits(Priority priority) {
            return switch (priority) {
                case HIGH -> high;
                case MEDIUM -> medium;
                case LOW -> low;
                case ADMIN, URGENT -> Integer.MAX_VALUE;
            };
        }
    }

    /** The arbiter, to be spawned on the shard of all its queues. */
    public static Behavior<Command> create(Weights weights) {
        return Behaviors.setup(context -> new Arbiter(context, weights));
    }

    private final Map<Priority, ArrayDeque<Ready>> candidates = new EnumMap<>(Priority.class);
    private final Map<Priority, Integer> credits = new EnumMap<>(Priority.class);
    private Weights weights;
    private @Nullable Ready turn; // whose turn it is
    private int inFlight;

    private Arbiter(ActorContext<Command> context, Weights weights) {
        super(context);
        this.weights = weights;
        for (Priority priority : Priority.values()) {
            candidates.put(priority, new ArrayDeque<>());
        }
        newRound();
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Ready ready -> candidates(ready.priority()).addLast(ready);
            case TurnTaken(int count, boolean more) -> onTurnTaken(count, more);
            case Leave(var queue) -> onLeave(queue);
            case Finished(int count) -> inFlight -= count;
            case Configure(var configured) -> onConfigure(configured);
        }
        if (turn == null) {
            giveTurn();
        }
        return this;
    }

    private void onTurnTaken(int count, boolean more) {
        Ready taken = turn;
        turn = null;
        if (taken == null) {
            return; // it was deleted in its turn
        }
        Priority priority = taken.priority();
        if (priority != Priority.ADMIN) {
            inFlight += count;
        }
        if (priority.isWeighted()) {
            credits.merge(priority, -count, Integer::sum);
        }
        if (more) {
            candidates(priority).addLast(taken);
        }
    }

    private void onLeave(ActorRef<SubmissionQueue.Command> queue) {
        candidates.values().forEach(ready -> ready.removeIf(each -> each.queue().equals(queue)));
        if (turn != null && turn.queue().equals(queue)) {
            turn = null;
        }
    }

    private void onConfigure(Weights configured) {
        weights = configured;
        newRound();
    }

    private void giveTurn() {
        Ready next = next();
        if (next != null) {
            turn = next;
            int limit = next.priority().isWeighted() ? credit(next.priority()) : weights.burst();
            next.queue().tell(new SubmissionQueue.Turn(Math.min(weights.burst(), limit)));
        }
    }

    private @Nullable Ready next() {
        Ready admin = candidates(Priority.ADMIN).pollFirst();
        if (admin != null || inFlight >= IN_FLIGHT_MAX) {
            return admin;
        }
        Ready urgent = candidates(Priority.URGENT).pollFirst();
        if (urgent != null) {
            return urgent;
        }
        Ready weighted = nextWithCredit();
        if (weighted == null) {
            newRound();
            weighted = nextWithCredit();
        }
        return weighted;
    }

    private @Nullable Ready nextWithCredit() {
        for (Priority priority : Priority.values()) {
            if (priority.isWeighted() && credit(priority) > 0) {
                Ready ready = candidates(priority).pollFirst();
                if (ready != null) {
                    return ready;
                }
            }
        }
        return null;
    }

    private void newRound() {
        for (Priority priority : Priority.values()) {
            if (priority.isWeighted()) {
                credits.put(priority, weights.credits(priority));
            }
        }
    }

    private int credit(Priority priority) {
        return credits.getOrDefault(priority, 0);
    }

    private ArrayDeque<Ready> candidates(Priority priority) {
        return candidates.computeIfAbsent(priority, _ -> new ArrayDeque<>());
    }
}
