package io.doorbell.simulation.world;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.jspecify.annotations.Nullable;

import scala.concurrent.ExecutionContext;

/** One timer of a world; it fires once, or again and again after the same period. */
final class VirtualTimer implements Cancellable {
    private static final long NEVER_AGAIN = 0;

    private final VirtualTime time;
    private final long periodNanos;
    private final Runnable task;
    private final @Nullable ExecutionContext executor; // null: run at once
    private final long number;
    private long dueNanos;
    private boolean ended;
    private boolean cancelled;

    private VirtualTimer(
            VirtualTime time,
            long dueNanos,
            long periodNanos,
            Runnable task,
            @Nullable ExecutionContext executor) {
        this.time = time;
        this.dueNanos = dueNanos;
        this.periodNanos = periodNanos;
        this.task = task;
        this.executor = executor;
        this.number = time.nextNumber();
    }

    static VirtualTimer once(
            VirtualTime time, long dueNanos, Runnable task, ExecutionContext executor) {
        return started(new VirtualTimer(time, dueNanos, NEVER_AGAIN, task, executor));
    }

    /** Runs the task in no actor and on no dispatcher. */
    static VirtualTimer once(VirtualTime time, long dueNanos, Runnable task) {
        return started(new VirtualTimer(time, dueNanos, NEVER_AGAIN, task, null));
    }

    static VirtualTimer repeated(
            VirtualTime time,
            long dueNanos,
            long periodNanos,
            Runnable task,
            ExecutionContext executor) {
        return started(new VirtualTimer(time, dueNanos, periodNanos, task, executor));
    }

    private static VirtualTimer started(VirtualTimer timer) {
        timer.time.start(timer);
        return timer;
    }

    long dueNanos() {
        return dueNanos;
    }

    long number() {
        return number;
    }

    void fire() {
        if (periodNanos == NEVER_AGAIN) {
            ended = true;
        } else {
            dueNanos += periodNanos;
            time.start(this);
        }
        if (executor == null) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    void close() {
        if (ended) {
            return;
        }
        ended = true;
        if (task instanceof Scheduler.TaskRunOnClose onClose) {
            onClose.run();
        }
    }

    @Override
    public boolean cancel() {
        if (ended) {
            return false;
        }
        ended = true;
        cancelled = true;
        time.cancelled();
        return true;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
