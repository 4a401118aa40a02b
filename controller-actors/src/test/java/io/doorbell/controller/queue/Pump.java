package io.doorbell.controller.queue;

import com.typesafe.config.Config;

import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs actors on the thread of the test, when the test says so: after {@link #settle} nothing is on
 * its way any more, so a test can tell that something did <em>not</em> happen without waiting.
 * Oldest mailbox first, or in an order drawn from a seed.
 */
final class Pump extends AbstractExecutorService {
    private static final int TASKS_MAX = 50_000_000; // more than that is an endless loop
    private static final Map<String, Pump> BY_NAME = new ConcurrentHashMap<>();

    private final List<Runnable> ready = new ArrayList<>();
    private @Nullable Random random;
    private boolean shutdown;

    /** The pump of the dispatcher whose configuration says {@code pump = name}. */
    static Pump named(String name) {
        return BY_NAME.computeIfAbsent(name, _ -> new Pump());
    }

    /** What the dispatcher's {@code executor} names. */
    public static final class Configurator extends ExecutorServiceConfigurator {
        private final Pump pump;

        public Configurator(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites);
            pump = named(config.getString("pump"));
        }

        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(
                String id, ThreadFactory threadFactory) {
            return () -> pump;
        }
    }

    /** From now on the next mailbox is drawn; null goes back to oldest first. */
    void order(@Nullable Random drawn) {
        random = drawn;
    }

    /** Runs until nothing is ready. */
    void settle() {
        for (int done = 0; step(); done++) {
            if (done > TASKS_MAX) {
                throw new AssertionError("Still busy after " + TASKS_MAX + " tasks.");
            }
        }
    }

    /** Runs one task; false if none was ready. */
    boolean step() {
        Runnable task = next();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    private synchronized @Nullable Runnable next() {
        if (ready.isEmpty()) {
            return null;
        }
        return ready.remove(random == null ? 0 : random.nextInt(ready.size()));
    }

    @Override
    public synchronized void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown();
    }
}
