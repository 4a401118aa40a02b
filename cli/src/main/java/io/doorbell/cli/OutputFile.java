package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that an option names, checked before the work, so that none is lost to a typing error. */
final class OutputFile {
    private final String option;
    private final Path file;
    private final String advice;

    private OutputFile(String option, Path file, String advice) {
        this.option = option;
        this.file = file;
        this.advice = advice;
    }

    /**
     * The file that {@code value} names, seen from the working directory.
     *
     * @param option such as {@code --report}
     * @throws InputException if the file cannot be written
     */
    static OutputFile open(String option, String value, String advice, CommandContext context)
            throws InputException {
        Path file = context.surroundings().workingDirectory().resolve(value).normalize();
        OutputFile output = new OutputFile(option, file, advice);
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        if (!Files.isDirectory(folder)) {
            throw output.cannotWrite(value, "its folder does not exist");
        }
        if (Files.isDirectory(file)) {
            throw output.cannotWrite(value, "it is a folder");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw output.cannotWrite(value, "permission denied");
        }
        return output;
    }

    /**
     * Replaces the file's content.
     *
     * @throws InputException if the file cannot be written after all
     */
    void write(String text) throws InputException {
        try {
            Files.writeString(file, text);
        } catch (IOException fault) {
            throw cannotWrite(file.toString(), fault.toString());
        }
    }

    private InputException cannotWrite(String name, String reason) {
        return InputException.of(option + " cannot write '" + name + "': " + reason + ".", advice);
    }
}
