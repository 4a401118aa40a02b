package io.doorbell.cli.terminal;

import static io.doorbell.cli.terminal.Quantity.count;

import java.util.Locale;

/** Draws a progress bar as text. */
final class ProgressLine {
    private static final int BAR_COLUMNS = 20;
    private static final int WIDTH_COLUMNS = 79; // one less than a terminal, or it would wrap
    private static final double NANOS_PER_SECOND = 1e9;

    private ProgressLine() {}

    /**
     * The line, never wider than a terminal.
     *
     * @param total 0 if nobody knows, and then there is no bar
     * @param elapsedNanos since the stage began
     */
    static String draw(String stage, long done, long total, long elapsedNanos) {
        return draw(stage, done, total, elapsedNanos, "");
    }

    /**
     * As above.
     *
     * @param note takes the place of the bar, unless it is empty
     */
    static String draw(String stage, long done, long total, long elapsedNanos, String note) {
        double perSecond = elapsedNanos <= 0 ? 0 : done * NANOS_PER_SECOND / elapsedNanos;
        String line =
                total <= 0
                        ? stage + "  " + count(done) + "  " + count(Math.round(perSecond)) + "/s"
                        : stage
                                + "  "
                                + (note.isEmpty() ? bar(done, total) + "  " : "")
                                + count(done)
                                + "/"
                                + count(total)
                                + "  "
                                + count(Math.round(perSecond))
                                + "/s"
                                + remaining(total - done, perSecond)
                                + (note.isEmpty() ? "" : "  " + note);
        return line.length() <= WIDTH_COLUMNS ? line : line.substring(0, WIDTH_COLUMNS);
    }

    private static String bar(long done, long total) {
        int filled = (int) Math.clamp(BAR_COLUMNS * (double) done / total, 0, BAR_COLUMNS);
        return "[" + "#".repeat(filled) + ".".repeat(BAR_COLUMNS - filled) + "]";
    }

    private static String remaining(long operations, double perSecond) {
        if (operations <= 0 || perSecond <= 0) {
            return "";
        }
        long seconds = (long) Math.ceil(operations / perSecond);
        return String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60);
    }
}
