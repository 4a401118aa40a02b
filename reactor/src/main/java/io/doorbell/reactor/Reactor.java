package io.doorbell.reactor;

import io.doorbell.reactor.Reactors.Settings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One thread and all it runs.
 *
 * <p>A task that a running task causes runs next: its actors and memory are warm. Left alone that
 * starves everybody else, so a turn is the <em>oldest</em> task, then what it caused, newest first,
 * until the quantum is used up, then a ration from other threads, then a ration of due timers. What
 * an earlier turn left over is not touched before it is the oldest, or whoever lies on top would
 * run in everybody's turn. Every ration is bounded, so nothing waits for more than (tasks waiting)
 * turns.
 *
 * <p>It ends when its scheduler has closed, every executor that feeds it has shut down, and nothing
 * is left to run.
 */
final class Reactor implements Executor, Runnable {
    private static final int TASK_CAPACITY_INITIAL = 1024;
    private static final int INBOX_RATION = 16;
    private static final int TIMER_RATION = 64;
    private static final int TURNS_PER_LOOK = 32;

    private final int quantum;
    private final int spins;
    private final LongSupplier clock;
    private final Thread thread;
    private final TaskQueue own = new TaskQueue(TASK_CAPACITY_INITIAL);
    private final Inbox inbox = new Inbox();
    private final TimerQueue timers = new TimerQueue();
    private final OwnedCounter tasksRun = new OwnedCounter();
    private final OwnedCounter messagesSent = new OwnedCounter();
    private final AtomicInteger executorsOpen = new AtomicInteger();
    private final Life life = new Life();
    private volatile @Nullable EventSource source; // set by the owner

    /** Rarely written state of the owner, away from the fields that every thread reads. */
    private static final class Life {
        boolean closing;
        final List<Runnable> whenDrained = new ArrayList<>();
    }

    /**
     * @param threadOf makes the thread, not started, that will run this reactor
     */
    Reactor(Settings settings, LongSupplier clock, Function<Reactor, Thread> threadOf) {
        this.quantum = settings.quantum();
        this.spins = settings.spins();
        this.clock = clock;
        this.thread = threadOf.apply(this);
    }

    /** Runs {@code task} soon; next of all if called from a task of this reactor. */
    @Override
    public void execute(Runnable task) {
        if (isCurrent()) {
            own.addNewest(task);
        } else if (!offer(task)) {
            throw new RejectedExecutionException(
                    thread.getName()
                            + " has ended with its actor system, so "
                            + task
                            + " will not run. Use the dispatcher of a running system");
        }
    }

    /** From another thread. False if this reactor has ended. */
    private boolean offer(Runnable task) {
        return switch (inbox.offer(task)) {
            case ACCEPTED -> true;
            case MUST_WAKE -> {
                wake();
                yield true;
            }
            case MUST_START -> {
                thread.start();
                yield true;
            }
            case REJECTED -> false;
        };
    }

    /** The owner found the source before it parked, so who saw it parked finds it, too. */
    private void wake() {
        EventSource waitedIn = source;
        if (waitedIn == null) {
            LockSupport.unpark(thread);
        } else {
            waitedIn.wake();
        }
    }

    @Override
    public void run() {
        TimerSlack.minimise();
        do {
            for (int turns = 1; turn(); turns++) {
                if (turns % TURNS_PER_LOOK == 0) {
                    look();
                }
            }
        } while (rest());
        release();
    }

    /** Looks at this source from now on; one at a time. From any thread. */
    void attach(EventSource added) {
        execute(
                () -> {
                    if (source != null) {
                        added.released();
                        throw new IllegalStateException(
                                thread.getName() + " looks at another source already");
                    }
                    source = added;
                });
    }

    /** Takes from the source, if there is one. */
    private void look() {
        EventSource looked = source;
        if (looked == null) {
            return;
        }
        try {
            if (!looked.take()) {
                release();
            }
        } catch (Throwable failure) {
            release();
            report(failure);
        }
    }

    private void release() {
        EventSource released = source;
        if (released != null) {
            source = null;
            released.released();
        }
    }

    /** One turn of everything; false if there was nothing to do. */
    boolean turn() {
        boolean worked = drain();
        return fireTimers() || worked;
    }

    /**
     * Small on purpose: it is compiled whole, where an endless loop would be replaced on the stack.
     */
    private boolean drain() {
        int done = 0;
        Runnable task = own.pollOldest();
        int waiting = own.count();
        while (task != null) {
            run(task);
            task = ++done < quantum && own.count() > waiting ? own.pollNewest() : null;
        }
        for (int i = 0; i < INBOX_RATION && (task = inbox.poll()) != null; i++) {
            run(task);
            done++;
        }
        tasksRun.add(done);
        return done != 0;
    }

    private boolean fireTimers() {
        if (timers.isEmpty()) {
            return false;
        }
        long nowNanos = clock.getAsLong();
        int fired = 0;
        Timer timer;
        while (fired < TIMER_RATION && (timer = timers.pollDue(nowNanos)) != null) {
            fire(timer);
            fired++;
        }
        return fired != 0;
    }

    private void fire(Timer timer) {
        try {
            timer.fire();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    /**
     * One task's failure must not end the others': Pekko's handler logs it, or ends the process.
     */
    private void report(Throwable failure) {
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } catch (Throwable handlerFailure) {
            handlerFailure.addSuppressed(failure);
            handlerFailure.printStackTrace(); // nobody else is left to tell
        }
    }

    /** Nothing to do: waits for an offer or a deadline. False if this reactor has ended. */
    private boolean rest() {
        life.whenDrained.forEach(this::run);
        life.whenDrained.clear();
        if (life.closing && executorsOpen.get() == 0 && inbox.close()) {
            return false;
        }
        for (int i = 0; i < spins && inbox.isEmpty(); i++) {
            Thread.onSpinWait();
        }
        long nanos = timers.isEmpty() ? TimerQueue.NEVER : timers.nanosToNext(clock.getAsLong());
        if (nanos > 0 && inbox.park()) {
            boolean mayTake = park(nanos);
            inbox.unpark();
            if (mayTake) {
                look();
            }
        }
        return true;
    }

    /** Whether the source may have something. */
    private boolean park(long nanos) {
        Thread.interrupted(); // left by a task; it would make every park return at once
        EventSource waitedIn = source;
        if (waitedIn != null) {
            return await(waitedIn, nanos);
        }
        if (nanos == TimerQueue.NEVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
        return false;
    }

    private boolean await(EventSource waitedIn, long nanos) {
        try {
            return waitedIn.await(nanos);
        } catch (Throwable failure) {
            release();
            report(failure);
            return false;
        }
    }

    /** Adds a timer, from any thread. False if this reactor has ended. */
    boolean tryStart(Timer timer) {
        if (isCurrent()) {
            adopt(timer);
            return true;
        }
        return offer(() -> adopt(timer));
    }

    private void adopt(Timer timer) {
        if (life.closing) {
            timer.close();
        } else if (timer.isPending()) {
            timers.add(timer);
        }
    }

    /** Removes a timer that was cancelled, from any thread. */
    void forget(Timer timer) {
        if (isCurrent()) {
            timers.remove(timer);
            timer.release();
        } else {
            offer(() -> forget(timer)); // if it has ended, so have its timers
        }
    }

    /** Ends all timers, now if called from this reactor, soon if not, and lets the reactor end. */
    void close() {
        if (isCurrent()) {
            life.closing = true;
            timers.drainTo(this::close);
        } else if (!inbox.closeUnstarted()) {
            offer(this::close);
        }
    }

    private void close(Timer timer) {
        try {
            timer.close();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    /** Keeps this reactor alive until {@link #executorShutDown}. */
    void executorOpened() {
        executorsOpen.incrementAndGet();
    }

    /**
     * @param whenDrained run once, when no task is left
     */
    void executorShutDown(Runnable whenDrained) {
        Runnable last =
                () -> {
                    executorsOpen.decrementAndGet();
                    whenDrained.run();
                };
        if (isCurrent()) {
            life.whenDrained.add(last);
        } else if (!offer(() -> life.whenDrained.add(last))) {
            last.run();
        }
    }

    @SuppressWarnings("ReferenceEquality") // which thread it is, is the question
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    Thread thread() {
        return thread;
    }

    OwnedCounter messagesSent() {
        return messagesSent;
    }

    long tasksRun() {
        return tasksRun.sum();
    }

    int timerCount() {
        return timers.count();
    }

    @Override
    public @Nullable String toString() {
        return thread.getName();
    }
}
