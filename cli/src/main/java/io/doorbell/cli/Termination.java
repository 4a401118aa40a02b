package io.doorbell.cli;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a command that runs until it is told otherwise end well: Ctrl-C and SIGTERM stop it, and the
 * process waits until the command has closed this, last of all.
 */
final class Termination implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::terminate, "termination");
    private @Nullable Runnable stop;
    private boolean requested;

    Termination() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Says how to stop; at once if that was asked already.
     *
     * @param stopping ends the command soon, called on any thread
     */
    synchronized void stopBy(Runnable stopping) {
        stop = stopping;
        if (requested) {
            stopping.run();
        }
    }

    private void terminate() {
        request();
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void request() {
        requested = true;
        if (stop != null) {
            stop.run();
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (!requested) {
            boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
