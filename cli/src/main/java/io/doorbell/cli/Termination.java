package io.doorbell.cli;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a command that runs until it is told otherwise end well: Ctrl-C and SIGTERM stop it, and the
 * process waits until the command has closed this, last of all. A command that has {@link #ended}
 * as it should ends the process with its own exit code, where Java would give 128 and the signal.
 */
final class Termination implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::terminate, "termination");
    private @Nullable Runnable stop;
    private @Nullable Integer exitCode;
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

    /** The command has done all that it has to, and gave everything back; returns its exit code. */
    synchronized int ended(int code) {
        exitCode = code;
        return code;
    }

    private void terminate() {
        request();
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Integer code = exitCode();
        if (code != null) {
            System.out.flush();
            Runtime.getRuntime().halt(code); // what other hooks would do was done by the command
        }
    }

    private synchronized @Nullable Integer exitCode() {
        return exitCode;
    }

    /** What a signal does. */
    synchronized void request() {
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
