package io.doorbell.reactor;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A reactor as Pekko's dispatchers want to see it. Dispatchers open and shut these as actors come
 * and go; the reactor outlives them until its scheduler closes.
 */
final class ReactorExecutor extends AbstractExecutorService {
    private final Reactor reactor;
    private final AtomicBoolean shutdown = new AtomicBoolean();
    private final CountDownLatch drained = new CountDownLatch(1);

    ReactorExecutor(Reactor reactor) {
        this.reactor = reactor;
        reactor.executorOpened();
    }

    @Override
    public void execute(Runnable task) {
        if (shutdown.get()) {
            throw new RejectedExecutionException(
                    "An executor of " + reactor + " was shut down, so " + task + " will not run");
        }
        reactor.execute(task);
    }

    @Override
    public void shutdown() {
        if (shutdown.compareAndSet(false, true)) {
            reactor.executorShutDown(drained::countDown);
        }
    }

    /** As {@link #shutdown}: the tasks are the reactor's, and it runs them all. */
    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown.get();
    }

    @Override
    public boolean isTerminated() {
        return drained.getCount() == 0;
    }

    /** Waits until the reactor has nothing left to run, its other work included. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return drained.await(timeout, unit);
    }
}
