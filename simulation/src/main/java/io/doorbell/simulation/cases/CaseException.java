package io.doorbell.simulation.cases;

import java.util.Objects;

/** A text is no case, or one that this build cannot use. */
public final class CaseException extends Exception {
    private final int line;
    private final String advice;

    /**
     * @param line counted from one; 0 if the fault is in no particular line
     * @param what is wrong, as a sentence
     * @param advice what to do about it, as a sentence; may be empty
     */
    CaseException(int line, String what, String advice) {
        super(what);
        this.line = line;
        this.advice = advice;
    }

    /** Counted from one; 0 if there is none. */
    public int line() {
        return line;
    }

    /** What is wrong, as a sentence. */
    public String what() {
        return Objects.requireNonNull(getMessage());
    }

    /** What to do about it; may be empty. */
    public String advice() {
        return advice;
    }
}
