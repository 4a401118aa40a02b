package io.doorbell.simulation.world;

import com.typesafe.config.Config;

import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** What Pekko makes from {@code executor = ...}: every dispatcher's tasks go to the world. */
final class WorldDispatcher extends ExecutorServiceConfigurator {
    private final World world;

    /** Called by Pekko, with exactly these parameters. */
    WorldDispatcher(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        world = ((WorldScheduler) prerequisites.scheduler()).world();
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> new WorldExecutor(world);
    }

    /** Takes tasks until it is shut down; the world runs them all the same. */
    private static final class WorldExecutor extends AbstractExecutorService {
        private final World world;
        private boolean shutdown;

        WorldExecutor(World world) {
            this.world = world;
        }

        @Override
        public void execute(Runnable task) {
            world.ready().add(task);
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }
}
