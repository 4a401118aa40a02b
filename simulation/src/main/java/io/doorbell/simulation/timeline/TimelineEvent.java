package io.doorbell.simulation.timeline;

/**
 * Something that happened, and when.
 *
 * @param step the last step that had begun
 * @param nanos virtual time
 */
public record TimelineEvent(long step, long nanos, Happening what) {
    /** One aligned line, for {@link #HEADING}. */
    public String line() {
        return "%9d %,15d  %-6s  %s".formatted(step, nanos, what.who().word(), what.text());
    }

    /** What stands above the lines. */
    public static final String HEADING = "     step      virtual ns  who     what";
}
