package io.doorbell.cli.terminal;

import io.doorbell.cli.lab.ProgressListener;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows on a terminal how far a run has come. A thread of its own asks and draws, ten times a
 * second, so that the run pays nothing for it; closing the bar ends the thread and wipes the line.
 */
public final class ProgressBar implements ProgressListener, AutoCloseable {
    private static final long REDRAW_MILLIS = 100;
    private static final String START_OF_EMPTY_LINE = "\r\033[K";

    private record Stage(
            String name, long total, LongSupplier done, long startNanos, Supplier<String> note) {}

    private final PrintWriter terminal;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread drawer =
            Thread.ofPlatform().daemon().name("progress-bar").unstarted(this::redraw);
    private volatile @Nullable Stage stage;

    private ProgressBar(PrintWriter terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** Starts to draw once the first stage begins. */
    public static ProgressBar open(PrintWriter terminal) {
        ProgressBar bar = still(terminal, System::nanoTime);
        bar.drawer.start();
        return bar;
    }

    /** A bar that draws only when told to, by the clock given. */
    static ProgressBar still(PrintWriter terminal, LongSupplier nanoTime) {
        return new ProgressBar(terminal, nanoTime);
    }

    @Override
    public void stage(String name, long operationsTotal, LongSupplier operationsDone) {
        stage(name, operationsTotal, operationsDone, () -> "");
    }

    /**
     * As above.
     *
     * @param note what else there is to say; takes the place of the bar
     */
    public void stage(
            String name, long operationsTotal, LongSupplier operationsDone, Supplier<String> note) {
        stage = new Stage(name, operationsTotal, operationsDone, nanoTime.getAsLong(), note);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            drawer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (stage != null) {
            terminal.print(START_OF_EMPTY_LINE);
            terminal.flush();
        }
    }

    void draw() {
        Stage current = stage;
        if (current != null) {
            long elapsedNanos = nanoTime.getAsLong() - current.startNanos();
            long done = current.done().getAsLong();
            terminal.print(START_OF_EMPTY_LINE);
            terminal.print(
                    ProgressLine.draw(
                            current.name(),
                            done,
                            current.total(),
                            elapsedNanos,
                            current.note().get()));
            terminal.flush();
        }
    }

    private void redraw() {
        try {
            while (!closed.await(REDRAW_MILLIS, TimeUnit.MILLISECONDS)) {
                draw();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
