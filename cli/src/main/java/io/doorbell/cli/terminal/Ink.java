package io.doorbell.cli.terminal;

/** Colour where it can be seen, and plain text elsewhere. */
public enum Ink {
    PLAIN,
    COLOURED;

    private static final String RESET = "\033[0m";

    public String bold(String text) {
        return dyed("\033[1m", text);
    }

    public String good(String text) {
        return dyed("\033[1;32m", text);
    }

    public String bad(String text) {
        return dyed("\033[1;31m", text);
    }

    private String dyed(String start, String text) {
        return this == COLOURED ? start + text + RESET : text;
    }
}
