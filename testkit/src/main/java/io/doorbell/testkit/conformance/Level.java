package io.doorbell.testkit.conformance;

/** How strongly the specification asks for something. */
public enum Level {
    MUST("must"),
    SHOULD("should"),
    MAY("may");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
