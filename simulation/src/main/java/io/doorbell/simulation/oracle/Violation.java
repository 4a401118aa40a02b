package io.doorbell.simulation.oracle;

/**
 * A law was broken.
 *
 * @param id of the law, such as I05
 * @param law in plain words
 * @param clause of the specification
 * @param step of the world
 * @param nanos virtual time
 * @param expected what the law asks for, here
 * @param seen what happened instead
 */
public record Violation(
        String id, String law, String clause, long step, long nanos, String expected, String seen) {

    /** One line, for people. */
    public String summary() {
        return "%s broken: expected %s; seen: %s".formatted(id, expected, seen);
    }

    /** Several lines, for people. */
    public String describe() {
        return """
        %s broken at step %,d, %,d ns: %s
          clause    %s
          expected  %s
          seen      %s
        """
                .formatted(id, step, nanos, law, clause, expected, seen);
    }
}
