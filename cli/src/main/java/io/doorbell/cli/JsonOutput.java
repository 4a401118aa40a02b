package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.Optional;

/** Where {@code --json} goes: nowhere, to standard output, or to a file. */
final class JsonOutput {
    private static final String STANDARD_OUTPUT = "-";
    private static final String ADVICE =
            "Name a file in an existing folder, or '-' for standard output.";

    private final Optional<OutputFile> file;
    private final boolean takesStandardOutput;
    private final PrintWriter out;

    private JsonOutput(Optional<OutputFile> file, boolean takesStandardOutput, PrintWriter out) {
        this.file = file;
        this.takesStandardOutput = takesStandardOutput;
        this.out = out;
    }

    /**
     * Checks the destination before the run.
     *
     * @param option the value of {@code --json}, or null without one
     * @throws InputException if the file cannot be written
     */
    static JsonOutput open(@Nullable String option, CommandContext context) throws InputException {
        if (option == null || option.equals(STANDARD_OUTPUT)) {
            return new JsonOutput(Optional.empty(), option != null, context.out());
        }
        OutputFile file = OutputFile.open("--json", option, ADVICE, context);
        return new JsonOutput(Optional.of(file), false, context.out());
    }

    /** Whether nothing else may go to standard output. */
    boolean takesStandardOutput() {
        return takesStandardOutput;
    }

    /**
     * Writes the text to where it belongs.
     *
     * @throws InputException if the file cannot be written after all
     */
    void write(String json) throws InputException {
        if (takesStandardOutput) {
            out.print(json);
            out.flush();
        }
        if (file.isPresent()) {
            file.get().write(json);
        }
    }
}
