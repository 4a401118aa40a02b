package io.doorbell.simulation.world;

/** Is told of each step of a world before it is made. */
@FunctionalInterface
public interface StepListener {
    StepListener NONE = (_, _, _) -> {};

    /**
     * A step is about to be made.
     *
     * @param number of the step, from 0
     * @param nanos virtual time
     */
    void step(long number, long nanos, ActorPath actor);
}
