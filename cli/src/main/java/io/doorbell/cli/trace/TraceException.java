package io.doorbell.cli.trace;

import java.util.Objects;

/** A file is no trace, or a line of it cannot be used. */
public final class TraceException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    /**
     * @param line counted from one
     * @param what is wrong, as a sentence
     */
    public TraceException(int line, String what) {
        super(what);
        this.line = line;
    }

    /** Counted from one. */
    public int line() {
        return line;
    }

    /** What is wrong, as a sentence. */
    public String what() {
        return Objects.requireNonNull(getMessage());
    }
}
