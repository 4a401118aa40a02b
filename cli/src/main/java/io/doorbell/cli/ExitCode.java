package io.doorbell.cli;

/** What the process says to whoever started it. */
public final class ExitCode {
    /** Everything was as it should be. */
    public static final int HELD = 0;

    /**
     * The run came to its end, but something was wrong: an error status, a wrong block, a starved
     * queue.
     */
    public static final int FAILED = 1;

    /** The command line, the settings or a file cannot be used. Nothing was run. */
    public static final int INPUT = 2;

    /** A fault of Doorbell's own. */
    public static final int INTERNAL = 3;

    private ExitCode() {}
}
