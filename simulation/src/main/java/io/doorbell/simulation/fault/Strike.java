package io.doorbell.simulation.fault;

import java.util.List;

/**
 * A fault has struck.
 *
 * @param site where, in full
 * @param commands that were struck, where the site knows them
 */
public record Strike(Fault fault, String site, List<Command> commands) {
    /** In place of a number that the site's name does not have. */
    public static final int NONE = -1;

    /** One command, as its queue has it. */
    public record Command(int queueId, int commandId) {}

    public Strike {
        commands = List.copyOf(commands);
    }

    /** The beginning of the site's name: write, read, interrupt, ... */
    public String place() {
        return site.substring(0, site.indexOf('/'));
    }

    /** The end of the site's name, behind the slash. */
    public String part() {
        return site.substring(site.indexOf('/') + 1);
    }

    /** The vector that {@code interrupt/2} names, or {@link #NONE}. */
    public int vector() {
        return place().equals("interrupt") ? number(part()) : NONE;
    }

    /** The queue that {@code sq-3-tail}, {@code cq-3} or {@code cqe-3} names, or {@link #NONE}. */
    public int queueId() {
        String[] words = part().split("-", -1);
        return isSubmissionQueue() || isCompletionQueue() || isEntry() ? number(words[1]) : NONE;
    }

    /** The site is that of entries of a completion queue. */
    public boolean isEntry() {
        return part().startsWith("cqe-");
    }

    /** The site belongs to a submission queue. */
    public boolean isSubmissionQueue() {
        return part().startsWith("sq-");
    }

    /** The site belongs to a completion queue. */
    public boolean isCompletionQueue() {
        return part().startsWith("cq-");
    }

    private static int number(String digits) {
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : NONE;
    }

    /** What went wrong, in a line. */
    @Override
    public String toString() {
        return fault.kind().word() + " at " + site;
    }
}
