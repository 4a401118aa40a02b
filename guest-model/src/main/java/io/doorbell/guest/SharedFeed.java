package io.doorbell.guest;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** What a {@link IoDispatcher} sends this queue. */
final class SharedFeed implements IoFeed {
    private final ActorRef<IoDispatcher.Message> dispatcher;
    private final ArrayDeque<IoWork> waiting = new ArrayDeque<>();
    private boolean finished;

    SharedFeed(ActorRef<IoDispatcher.Message> dispatcher) {
        this.dispatcher = dispatcher;
    }

    void add(IoWork work) {
        waiting.addLast(work);
    }

    void finish() {
        finished = true;
    }

    @Override
    public @Nullable IoWork next(long nowNanos) {
        return waiting.pollFirst();
    }

    /** Each work of a dispatcher has data of its own, still there. */
    @Override
    public void prepareAgain(IoWork work) {}

    @Override
    public void completed(IoWork work, int status) {
        dispatcher.tell(new IoDispatcher.Completed(work, status));
    }

    @Override
    public long nextDueNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isFinished() {
        return finished && waiting.isEmpty();
    }
}
