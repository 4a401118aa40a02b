package io.doorbell.cli;

import io.doorbell.cli.terminal.Ink;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Where the command finds itself.
 *
 * @param home the project's top folder, with application.conf
 * @param workingDirectory where the user stands; relative paths of the command line start here
 * @param outInk for standard output
 * @param errInk for standard error
 * @param progressShown whether standard error is a terminal that can redraw a line
 */
public record Surroundings(
        Path home, Path workingDirectory, Ink outInk, Ink errInk, boolean progressShown) {

    /**
     * Of this process. The launcher says which streams are terminals: Java can only tell that input
     * and output both are, and says nothing about the error stream. Without the launcher none is.
     */
    public static Surroundings ofProcess() {
        Path workingDirectory = Path.of("").toAbsolutePath();
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        boolean coloured = !dumb && colourAllowed();
        boolean err = isTerminal("doorbell.terminal.err");
        return new Surroundings(
                workingDirectory.resolve(System.getProperty("doorbell.home", "")).normalize(),
                workingDirectory,
                ink(coloured && isTerminal("doorbell.terminal.out")),
                ink(coloured && err),
                err && !dumb);
    }

    /** By the convention of no-color.org: set and not empty means no colour. */
    private static boolean colourAllowed() {
        @Nullable String noColour = System.getenv("NO_COLOR");
        return noColour == null || noColour.isEmpty();
    }

    private static boolean isTerminal(String property) {
        return Boolean.getBoolean(property);
    }

    private static Ink ink(boolean coloured) {
        return coloured ? Ink.COLOURED : Ink.PLAIN;
    }
}
