package io.doorbell.simulation.shrink;

/** Is told how far shrinking has come. */
@FunctionalInterface
public interface ShrinkListener {
    /** Does not want to know. */
    ShrinkListener NONE = (_, _, _) -> {};

    /**
     * A smaller run was found that fails in the same way.
     *
     * @param stage what is being made smaller: "faults"
     * @param runs tried so far
     */
    void smaller(String stage, Size size, int runs);
}
