package io.doorbell.simulation.world;

import io.doorbell.simulation.choice.Choices;

import org.apache.pekko.dispatch.Mailbox;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Tasks that can run now: in the order in which they became ready, but for those that the schedule
 * holds back.
 */
final class ReadyQueue {
    /**
     * A task and its turn.
     *
     * @param turn before it run all with a smaller one, and of the same those that came earlier
     */
    record Ready(Runnable task, ActorPath actor, long turn, long arrival) {}

    private static final ActorPath CALLBACK = new ActorPath("callback", Choices.keyOf("callback"));

    private final ArrayDeque<Ready> inOrder = new ArrayDeque<>();
    private final PriorityQueue<Ready> heldBack =
            new PriorityQueue<>(
                    Comparator.comparingLong(Ready::turn).thenComparingLong(Ready::arrival));
    private final IdentityHashMap<Runnable, ActorPath> paths =
            new IdentityHashMap<>(); // never iterated
    private final List<Mailbox> withSystemMessages = new ArrayList<>();
    private Schedule schedule = Schedule.FIRST_IN_FIRST_OUT;
    private long arrivals;

    void schedule(Schedule next) {
        schedule = next;
    }

    /**
     * Takes a task that has become ready. Pekko tells those who watch an actor in an order of its
     * own, another one in each run: they wait for the end of the step and queue up by name.
     */
    void add(Runnable task) {
        if (task instanceof Mailbox mailbox && mailbox.hasSystemMessages()) {
            withSystemMessages.add(mailbox);
        } else {
            queueUp(task);
        }
    }

    private void endStep() {
        if (!withSystemMessages.isEmpty()) {
            withSystemMessages.sort(Comparator.comparing(mailbox -> path(mailbox).text()));
            withSystemMessages.forEach(this::queueUp);
            withSystemMessages.clear();
        }
    }

    private void queueUp(Runnable task) {
        ActorPath actor = path(task);
        int delay = schedule.delay(actor);
        long arrival = arrivals++;
        Ready ready = new Ready(task, actor, arrival + delay, arrival);
        if (delay == 0) {
            inOrder.addLast(ready);
        } else {
            heldBack.add(ready);
        }
    }

    /** Whose turn it is, or null if nobody is ready. */
    @Nullable Ready poll() {
        endStep();
        Ready first = inOrder.peekFirst();
        Ready held = heldBack.peek();
        if (held == null || (first != null && first.turn() <= held.turn())) {
            return inOrder.pollFirst();
        }
        return heldBack.poll();
    }

    /** A task has run: whoever ended with it is forgotten. */
    void hasRun(Ready ready) {
        if (ready.task() instanceof Mailbox mailbox && mailbox.isClosed()) {
            paths.remove(mailbox);
        }
    }

    /** Forgets who has lived here; called when nobody is left. */
    void rewind() {
        paths.clear();
        arrivals = 0;
    }

    ActorPath path(Runnable task) {
        if (task instanceof Mailbox mailbox) {
            ActorPath known = paths.get(task);
            if (known == null) {
                String text = mailbox.actor().self().path().toStringWithoutAddress();
                known = new ActorPath(text, Choices.keyOf(text));
                paths.put(task, known);
            }
            return known;
        }
        return CALLBACK;
    }
}
