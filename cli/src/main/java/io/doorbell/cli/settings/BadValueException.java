package io.doorbell.cli.settings;

/**
 * A text that a knob does not accept; becomes a {@link Problem} once the knob and its place are
 * known.
 */
final class BadValueException extends Exception {
    private final String hint;

    /**
     * A fault, and the way out of it.
     *
     * @param what what is wrong, as the end of a sentence that starts with the key: "is 1, below
     *     ..."
     * @param hint the nearest valid choice as a sentence, or nothing
     */
    BadValueException(String what, String hint) {
        super(what);
        this.hint = hint;
    }

    String what() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return hint;
    }
}
