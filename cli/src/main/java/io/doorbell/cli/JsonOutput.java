package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where {@code --json} goes: nowhere, to standard output, or to a file. */
final class JsonOutput {
    private static final String STANDARD_OUTPUT = "-";

    private final Optional<Path> file;
    private final boolean takesStandardOutput;
    private final PrintWriter out;

    private JsonOutput(Optional<Path> file, boolean takesStandardOutput, PrintWriter out) {
        this.file = file;
        this.takesStandardOutput = takesStandardOutput;
        this.out = out;
    }

    /**
     * Checks the destination before the run, so that no run is lost to a typing error.
     *
     * @param option the value of {@code --json}, or null without one
     * @throws InputException if the file cannot be written
     */
    static JsonOutput open(@Nullable String option, CommandContext context) throws InputException {
        if (option == null || option.equals(STANDARD_OUTPUT)) {
            return new JsonOutput(Optional.empty(), option != null, context.out());
        }
        Path file = context.surroundings().workingDirectory().resolve(option).normalize();
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        if (!Files.isDirectory(folder)) {
            throw cannotWrite(option, "its folder does not exist");
        }
        if (Files.isDirectory(file)) {
            throw cannotWrite(option, "it is a folder");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw cannotWrite(option, "permission denied");
        }
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
            try {
                Files.writeString(file.get(), json);
            } catch (IOException fault) {
                throw cannotWrite(file.get().toString(), fault.toString());
            }
        }
    }

    private static InputException cannotWrite(String file, String reason) {
        return InputException.of(
                "--json cannot write '" + file + "': " + reason + ".",
                "Name a file in an existing folder, or '-' for standard output.");
    }
}
