package io.doorbell.reactor;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.actor.SchedulerException;
import org.apache.pekko.actor.SchedulerTask;
import org.jspecify.annotations.Nullable;

import scala.concurrent.ExecutionContext;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One started timer. It lives on its home reactor; anybody may cancel it.
 *
 * <p>Whoever moves the state away from PENDING, by firing or by cancelling, decides its fate. The
 * other fields but {@code task} belong to the home reactor.
 */
final class Timer implements Cancellable, Runnable {
    private static final int PENDING = 0;
    private static final int DONE = 1;
    private static final int CANCELLED = 2;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Timer.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** When it repeats. */
    enum Repeat {
        NEVER,
        /** Each deadline is the last one plus the period. */
        AT_FIXED_RATE,
        /** Each deadline is the end of the last run plus the period. */
        WITH_FIXED_DELAY
    }

    private final Reactor home;
    private final ExecutionContext executor;
    private final Repeat repeat;
    private final long periodNanos;
    private volatile int state;
    private @Nullable Runnable
            task; // null once it will never run again, so that it can be collected

    /** The instant to fire at, on the home reactor's clock. */
    long deadlineNanos;

    /** Breaks ties between equal deadlines: set by the queue, in the order of starting. */
    long sequence;

    /** Place in the timer queue, or {@link TimerQueue#NOT_QUEUED}. */
    int queueIndex = TimerQueue.NOT_QUEUED;

    Timer(
            Reactor home,
            long deadlineNanos,
            Repeat repeat,
            long periodNanos,
            Runnable task,
            ExecutionContext executor) {
        this.home = home;
        this.deadlineNanos = deadlineNanos;
        this.repeat = repeat;
        this.periodNanos = periodNanos;
        this.task = task;
        this.executor = executor;
    }

    /** Home reactor: the deadline has come. */
    void fire() {
        Runnable due = task;
        if (repeat != Repeat.NEVER) {
            runInExecutor(this);
        } else if (due != null && STATE.compareAndSet(this, PENDING, DONE)) {
            task = null;
            runInExecutor(due);
        }
    }

    /** At home a reactor's own dispatcher needs no detour through the task queue. */
    private void runInExecutor(Runnable runnable) {
        if (executor instanceof ReactorDispatcher dispatcher && dispatcher.runsOn(home)) {
            runnable.run();
        } else {
            executor.execute(runnable);
        }
    }

    /** One run of a repeating timer, in its executor; an exception ends it. */
    @Override
    public void run() {
        Runnable due = task;
        if (due == null || state != PENDING) {
            return;
        }
        try {
            due.run();
        } catch (SchedulerException receiverTerminated) {
            finish();
            return;
        } catch (Throwable failure) {
            finish();
            throw failure;
        }
        long startNanos = repeat == Repeat.AT_FIXED_RATE ? deadlineNanos : home.nanoTime();
        deadlineNanos = startNanos + periodNanos;
        home.tryStart(this);
    }

    private void finish() {
        STATE.compareAndSet(this, PENDING, DONE);
        task = null;
    }

    /** Home reactor: runs what must run before an actor system ends, forgets anything else. */
    void close() {
        Runnable last = task;
        task = null;
        if (STATE.compareAndSet(this, PENDING, DONE) && last instanceof Scheduler.TaskRunOnClose) {
            last.run();
        }
    }

    boolean isPending() {
        return state == PENDING;
    }

    @Override
    public boolean cancel() {
        Runnable cancelled = task;
        if (!STATE.compareAndSet(this, PENDING, CANCELLED)) {
            return false;
        }
        home.forget(this);
        if (cancelled instanceof SchedulerTask listener) {
            listener.cancelled();
        }
        return true;
    }

    /** Home reactor: a cancelled timer has left the queue. */
    void release() {
        task = null;
    }

    @Override
    public boolean isCancelled() {
        return state == CANCELLED;
    }
}
