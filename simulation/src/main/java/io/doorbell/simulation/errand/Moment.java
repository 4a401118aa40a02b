package io.doorbell.simulation.errand;

import java.util.Locale;

/** What an errand may wait for. */
public enum Moment {
    /** The begin of the I/O. */
    BEGIN,
    /** The nth command that the host submits to an I/O queue. */
    COMMAND,
    /** The nth completion that it consumes there. */
    COMPLETION,
    /** The nth command that is overdue. */
    TIMEOUT,
    /** The begin of the nth reset, or of the nth re-creation of the queues. */
    RESET;

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
