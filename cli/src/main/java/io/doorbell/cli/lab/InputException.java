package io.doorbell.cli.lab;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Something the user gave cannot be used; shown as one message, with exit code 2. */
public final class InputException extends Exception {
    private final transient Optional<Path> file;
    private final int line;
    private final String advice;

    private InputException(Optional<Path> file, int line, String message, String advice) {
        super(message);
        this.file = file;
        this.line = line;
        this.advice = advice;
    }

    /**
     * A fault in a file.
     *
     * @param line counted from one; 0 if the fault is in no particular line
     * @param message what is wrong, with the values, as a sentence
     * @param advice what to do about it, as a sentence; may be empty
     */
    public static InputException inFile(Path file, int line, String message, String advice) {
        return new InputException(Optional.of(file), line, message, advice);
    }

    /** A fault that is in no file, such as of the command line. */
    public static InputException of(String message, String advice) {
        return new InputException(Optional.empty(), 0, message, advice);
    }

    public Optional<Path> file() {
        return file;
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
