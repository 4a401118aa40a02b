package io.doorbell.cli.terminal;

import io.doorbell.simulation.shrink.ShrinkListener;
import io.doorbell.simulation.shrink.Size;

import java.io.PrintWriter;

/** Shows on a terminal how small a case has become, on one line that is wiped at the end. */
public final class ShrinkProgress implements ShrinkListener, AutoCloseable {
    private static final String START_OF_EMPTY_LINE = "\r\033[K";

    private final PrintWriter terminal;
    private boolean drawn;

    public ShrinkProgress(PrintWriter terminal) {
        this.terminal = terminal;
    }

    @Override
    public void smaller(String stage, Size size, int runs) {
        drawn = true;
        terminal.print(START_OF_EMPTY_LINE + "Shrinking " + stage + ": " + size);
        terminal.flush();
    }

    @Override
    public void close() {
        if (drawn) {
            terminal.print(START_OF_EMPTY_LINE);
            terminal.flush();
        }
    }
}
