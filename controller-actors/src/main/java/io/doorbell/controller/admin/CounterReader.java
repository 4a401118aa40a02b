package io.doorbell.controller.admin;

import io.doorbell.controller.queue.CounterSum;
import io.doorbell.controller.queue.DoorbellDirectory;
import io.doorbell.controller.queue.ShardCounters;

import org.apache.pekko.actor.typed.javadsl.ActorContext;

import java.util.ArrayDeque;

/** Asks all shards what they have counted, for one who waits after the other. */
final class CounterReader {
    private final ActorContext<AdminExecutor.Command> context;
    private final DoorbellDirectory doorbells;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private ShardCounters latest = new ShardCounters();

    CounterReader(ActorContext<AdminExecutor.Command> context, DoorbellDirectory doorbells) {
        this.context = context;
        this.doorbells = doorbells;
    }

    /** Goes on when {@link #latest} is no older than this call. */
    void read(Runnable then) {
        waiting.addLast(then);
        if (waiting.size() == 1) {
            ask();
        }
    }

    private void ask() {
        context.spawnAnonymous(
                CounterSum.create(
                        doorbells.memories(),
                        context.messageAdapter(
                                ShardCounters.class, AdminExecutor.CountersRead::new)));
    }

    void onRead(ShardCounters counters) {
        latest = counters;
        waiting.removeFirst().run();
        if (!waiting.isEmpty()) {
            ask();
        }
    }

    ShardCounters latest() {
        return latest;
    }
}
